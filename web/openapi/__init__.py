"""OpenAPI: the description of the JSON API as OpenAPI 3.1, generated from the routes and the values they accept.

It knows every address, argument and answer of the API, and hands out one function, `document.document`. Start with
`operations.py`. Tests hold it to the API: they compare its arguments with those that are accepted, and its schemas with
answers.
"""
