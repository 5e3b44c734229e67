"""Qingdan (明白清单): turns a county's canonical duty lists into a website and posters.

The main floors, lowest first; a module imports only from floors below its own
(``tests/test_layers.py`` reads the imports and enforces it):

``model``     frozen types of the field, no input or output
``language``  the words the generator itself says, in every language
``reading``   ``lists/`` to model, with the position of every key
``rules``     what must hold: one documented function a rule
``views``     derived facts: what one place does, a department's mirror, staleness
``pages``     model to Markdown pages
``project``   what ``mkdocs.yml`` says, and the site made from it
``plugin``    the MkDocs adapter, the only importer of ``mkdocs``
``cli``       the ``qingdan`` command
"""
