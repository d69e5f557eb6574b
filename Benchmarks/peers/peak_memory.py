"""Runs a program, and prints by how many bytes it was resident at most behind what it printed, on a line of its own.

usage: peak_memory.py PROGRAM [WORDS]

A process's figure begins with that of the one that started it, which is why this small one stands in between.
"""

import resource
import subprocess
import sys

done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, check=False)
sys.stdout.buffer.write(done.stdout)
sys.stdout.flush()
print(1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
