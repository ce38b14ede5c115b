"""List prices in us-east-1 in 2026, in dollars, as of 20 November 2026: the one place for prices.

Each group has the page on which to look them up. They come from the project's notes on the platform and from
published accounts of those pages, which carry their figures in scripts.

Of what AWS gives away each month, only what belongs to a price list itself is taken off (CloudFront, Cognito, data
out): an account may have used up the rest (a million Lambda requests, five GB of logs, ten alarms …) elsewhere.
"""

MILLION = 1e-6

# https://aws.amazon.com/api-gateway/pricing/
WEBSOCKET_MESSAGE = 1.00 * MILLION
"""In units of 32 KB, both ways."""
CONNECTION_MINUTE = 0.25 * MILLION
HTTP_REQUEST = 1.00 * MILLION

# https://aws.amazon.com/lambda/pricing/ (arm64)
LAMBDA_REQUEST = 0.20 * MILLION
LAMBDA_GB_SECOND = 0.0000133334

# https://aws.amazon.com/dynamodb/pricing/on-demand/
READ_UNIT = 0.125 * MILLION
WRITE_UNIT = 0.625 * MILLION
TABLE_GB_MONTH = 0.25
BACKUP_GB_MONTH = 0.20
"""Point-in-time recovery."""

# https://aws.amazon.com/sqs/pricing/
SQS_REQUEST = 0.40 * MILLION

# https://aws.amazon.com/cloudwatch/pricing/
LOG_GB = 0.50
ALARM_METRIC = 0.10
"""For each metric that an alarm looks at."""

# https://aws.amazon.com/cloudfront/pricing/
CLOUDFRONT_REQUEST = 1.00 * MILLION
CLOUDFRONT_GB = 0.085
CLOUDFRONT_FREE_GB = 1024

# https://aws.amazon.com/ec2/pricing/on-demand/ (data transfer)
DATA_OUT_GB = 0.09
DATA_OUT_FREE_GB = 100

# https://aws.amazon.com/cognito/pricing/ (Essentials)
COGNITO_USER = 0.015
COGNITO_FREE_USERS = 10_000

# https://aws.amazon.com/vpc/pricing/
NAT_HOUR = 0.045
NAT_GB = 0.045
PUBLIC_IPV4_HOUR = 0.005
