"""Codebooks as workbooks: XLSForms, with columns and sheets for what a form does not say."""
