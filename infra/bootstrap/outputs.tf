output "bucket" {
  description = "The bucket of the states."
  value       = aws_s3_bucket.this.bucket
}
