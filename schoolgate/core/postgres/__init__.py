"""The program's own PostgreSQL: started from a Python wheel where no other server was named."""
