#!/usr/bin/python3
"""The conductance-based workloads in NEURON: one section a cell, fixed step. usage: simulate.py coba|cobahh FOLDER [SECONDS]

FOLDER keeps the compiled mechanisms: empty means from nothing. Prints one JSON line: the simulation's own time (s), the mean rate (Hz) over the seconds simulated,
the largest resident memory (MB) of the process that simulates.
"""
import json, math, os, platform, resource, subprocess, sys, time

name, folder = sys.argv[1:3]
duration = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
mechanisms = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mod")
os.chdir(folder)


def compile_mechanisms():
    """Debian's nrnivmodl looks for its makefile and library where the package does not put them: then its last step is taken here."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if subprocess.run(["nrnivmodl", mechanisms], **quiet).returncode != 0:
        objects = " ".join(f"./{os.path.splitext(file)[0]}.o" for file in sorted(os.listdir(mechanisms)))
        subprocess.run(["make", "-f", "/usr/lib/nrn/nrnmech_makefile", "ROOT=/usr", "libdir=/usr/lib/nrn", f"MODOBJFILES={objects}", "UserLDFLAGS=", "UserINCFLAGS=", "mech_lib_shared"],
                       cwd=platform.machine(), check=True, **quiet)


if not os.path.exists(os.path.join(platform.machine(), "libnrnmech.so")):
    compile_mechanisms()

import numpy
from neuron import h  # loads the mechanisms compiled in the current folder

CELLS, EXCITATORY, P = 4000, 3200, 0.02
active = name == "cobahh"
step = 0.05 if active else 0.1
random = numpy.random.default_rng(1)

cells, excitations, inhibitions, sources = [], [], [], []
for _ in range(CELLS):
    cell = h.Section()
    cell.L = cell.diam = math.sqrt(20000/math.pi)
    cell.cm = 1
    cell.insert("pas")
    cell(0.5).pas.g, cell(0.5).pas.e = 5e-5, -60
    if active:
        cell.insert("traub")
        cell.ena, cell.ek = 50, -90
    else:
        sources.append(h.FireAndReset(cell(0.5)))
    excitation, inhibition = h.ExpSyn(cell(0.5)), h.ExpSyn(cell(0.5))
    excitation.tau, excitation.e = 5, 0
    inhibition.tau, inhibition.e = 10, -80
    cells.append(cell)
    excitations.append(excitation)
    inhibitions.append(inhibition)

times, numbers, connections = h.Vector(), h.Vector(), []
for i in range(CELLS):
    synapses, weight = (excitations, 6e-3) if i < EXCITATORY else (inhibitions, 67e-3)
    targets = numpy.flatnonzero(random.random(CELLS) < P)
    for k, j in enumerate(targets[targets != i]):
        connection = h.NetCon(cells[i](0.5)._ref_v, synapses[j], sec=cells[i]) if active else h.NetCon(sources[i], synapses[j])
        connection.weight[0], connection.delay = weight, step
        if k == 0:
            if active:
                connection.threshold = -20
            connection.record(times, numbers, i)
        connections.append(connection)

h.dt = step
h.CVode().cache_efficient(1)
h.finitialize(-65)
for cell, excitation, inhibition in zip(cells, excitations, inhibitions):
    cell.v = random.normal(-65, 5)
    excitation.g, inhibition.g = random.normal(0.04, 0.015), random.normal(0.2, 0.12)
h.fcurrent()
context = h.ParallelContext()
context.set_maxstep(10)
start = time.perf_counter()
context.psolve(1000*duration)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "rate": len(times)/CELLS/duration,
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024}))
