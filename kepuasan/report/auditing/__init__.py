"""The same numbers by other programs: code in R and Stata that auditors can run, made from what the run did."""
