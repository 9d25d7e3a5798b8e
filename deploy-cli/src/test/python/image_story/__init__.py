"""The image of the server: how it is built, and how it lives and ends as a task.

`built` looks at what a build leaves in a registry, `alive` at a task that serves, `ending` at one that is
told to end while it works, `kills` at pushes whose process is killed. They share a `bench`, and S3 is that
of moto behind `storage`, which counts and takes its time.
"""
