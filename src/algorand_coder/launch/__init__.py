"""Renting a machine for one training run, or to serve a model: what is sent, what it costs, and how it is given back.

Existing tools do the renting: SkyPilot for clouds and clusters, Modal, and Colab notebooks. Here their files are
rendered, and SkyPilot or Modal is called to carry them out.
"""
