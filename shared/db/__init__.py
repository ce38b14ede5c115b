"""DynamoDB for every table: the base of a table, reads, transactions, and retries after a conflict. No table itself."""
