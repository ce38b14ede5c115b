output "id" {
  description = "The bucket's name, once it is versioned and protected."
  value       = aws_s3_bucket.this.id
  depends_on  = [aws_s3_bucket_versioning.this, aws_s3_bucket_policy.this]
}

output "arn" {
  description = "The bucket's ARN."
  value       = aws_s3_bucket.this.arn
}
