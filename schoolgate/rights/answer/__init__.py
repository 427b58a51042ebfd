"""The answer to a request about data: a letter, a PDF and open files, of words that were covered before."""
