"""Parley on one machine: API Gateway's behaviour, the Lambdas in process, and emulated data services.

`python -m local` runs it; tests start `local.stack.LocalStack` in their own process. docs/local.md tells more.
Nothing here is deployed, and nothing in `shared` or `lambdas` knows of it. `shared` is reached only through the
function loader, because it is imported anew at every change of its code.
"""
