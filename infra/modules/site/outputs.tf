output "url" {
  description = "Where the app is, without a slash at the end."
  value       = local.url
}

output "bucket" {
  description = "The bucket that holds the app."
  value       = aws_s3_bucket.this.bucket
}

output "distribution_id" {
  description = "The CloudFront distribution before it."
  value       = aws_cloudfront_distribution.this.id
}

output "distribution_domain" {
  description = "CloudFront's own name of the distribution."
  value       = aws_cloudfront_distribution.this.domain_name
}
