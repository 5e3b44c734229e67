"""A county's project, the folder of ``mkdocs.yml``: what it says, and the site made from it.

MkDocs makes what surrounds the pages of the lists, and nothing here loads it:

``settings``   what ``mkdocs.yml`` says
``contents``   the pages and files that are made from the lists
``frame``      what these need to know of everything else
``template``   the theme's page
``engine``     all of it as a safe build asks for it
"""
