"""What a world returned, with a browser for each of its people."""

from types import SimpleNamespace


class There(SimpleNamespace):
    """`there.ben` is the browser of `there.people.ben`, signed in when it's first asked for."""

    def __getattr__(self, name):
        person = vars(self.people).get(name)
        if person is None:
            raise AttributeError(name)
        setattr(self, name, self.sign_in(person))
        return vars(self)[name]
