"""Runs llama.cpp's server on a loopback port over the model file given, until standard input closes.

Prints its address as the first line. Usage: llama_server.py PACKAGES MODEL THREADS
"""

import sys

packages, model, threads = sys.argv[1:]
sys.path.insert(0, packages)

import xllamacpp  # noqa: E402

params = xllamacpp.CommonParams()
params.model.path = model
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_ctx = 8192
params.n_parallel = 1
params.cpuparams.n_threads = int(threads)
params.verbosity = 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
# The parent holds the other end: it closes when the parent ends, however that happens.
sys.stdin.read()
