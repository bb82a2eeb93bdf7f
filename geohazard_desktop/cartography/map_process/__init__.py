"""The map is painted in a process of its own: the window answers the hand however large a layer is.

`launch` starts it (and imports nothing heavy, so that it can be started before the window is built), `messages` are
what window and process tell each other, `server` is the process, `scene` the layers as it reads them from the file,
`ground` the picture without labels, of which only what has come into sight is painted anew.
"""
