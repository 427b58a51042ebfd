"""What personal data the program stores: whose, of what kind, why, how long, and what ends it.

Plain data, read by one loader (`entries.load`): `tables/*.yaml` classify every field of every model,
including those of the sign-in library and of the jobs; `places.yaml` lists what lies outside the models;
`endings.yaml` names the code that ends retention. `checks` compares all of it with the models and with the
code it names, `shown` writes it out for readers. Only `counting` queries the database, for numbers of rows.
"""
