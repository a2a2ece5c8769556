#!/usr/bin/python3
"""Networks without a random number in Brian2 2.5.1, in double precision: which neurons spike in which step. Writes brian2_networks.json beside itself.

Step n of the lists ends at n*dt, which is what glif calls the time of the spike; Brian2 calls it (n - 1)*dt. Refractory periods are one step longer than in
glif, because Brian2 holds a neuron for one step less than the period. dt is 0.1 ms, in short_term 0.005 ms: Brian2 holds what synapses give over a step.
"""
import json, os
from collections import defaultdict
from brian2 import *

prefs.codegen.target = "numpy"


def spikes(monitor):
    by_step = defaultdict(list)
    for t, i in zip(monitor.t/ms, monitor.i):
        by_step[int(round(t/(defaultclock.dt/ms))) + 1].append(int(i))
    return {str(step): sorted(neurons) for step, neurons in sorted(by_step.items())}


def conductances():
    """400 cells of Brette et al. 2007, benchmark 1, with a leak above threshold; forward Euler."""
    cells = NeuronGroup(400, """dv/dt = (g_L*(E_L - v) + g_e*(E_e - v) + g_i*(E_i - v))/C : volt (unless refractory)
        dg_e/dt = -g_e/(5*ms) : siemens
        dg_i/dt = -g_i/(10*ms) : siemens""",
        namespace={"C": 200*pF, "g_L": 10*nS, "E_L": -45*mV, "E_e": 0*mV, "E_i": -80*mV},
        threshold="v > -50*mV", reset="v = -60*mV", refractory=5.1*ms, method="euler")
    number = np.arange(400.)
    cells.v = (-60 + 10*(0.5 + 0.5*np.sin(0.731*number*number)))*mV
    i, j = np.meshgrid(number, number, indexing="ij")
    pairs = (np.sin(12.9898*i + 78.233*j + 0.37*i*j) > 0.98) & (i != j)
    exc = Synapses(cells, cells, on_pre="g_e += 6*nS")
    exc.connect(i=np.nonzero(pairs & (i < 320))[0], j=np.nonzero(pairs & (i < 320))[1])
    inh = Synapses(cells, cells, on_pre="g_i += 40*nS")
    inh.connect(i=np.nonzero(pairs & (i >= 320))[0], j=np.nonzero(pairs & (i >= 320))[1])
    monitor = SpikeMonitor(cells)
    Network(cells, exc, inh, monitor).run(150*ms)
    return monitor


def short_term():
    """50 cells of Tsodyks, Uziel & Markram 2000: depressing and facilitating synapses of three states, a U of each connection, two delays; exact."""
    cells = NeuronGroup(50, """dv/dt = (R*(I_0 + I_exc + I_inh) - v)/(30*ms) : volt (unless refractory)
        I_0 : amp
        I_exc : amp
        I_inh : amp""", namespace={"R": 1*Mohm}, threshold="v > 15*mV", reset="v = 13.5*mV", refractory=3*ms + defaultclock.dt, method="exponential_euler")
    cells.v = 13.5*mV
    cells.I_0 = "(14.8 + 0.02*i)*nA"
    equations = """dy/dt = -y/(3*ms) : 1 (clock-driven)
        dz/dt = y/(3*ms) - z/tau_rec : 1 (clock-driven)
        du/dt = -u/tau_f : 1 (clock-driven)
        A : amp
        U : 1
        tau_rec : second (constant)
        tau_f : second (constant)
        %s_post = A*y : amp (summed)"""
    arrival = "u += U*(1 - u)\ny += u*(1 - y - z)"
    exc = Synapses(cells, cells, equations % "I_exc", on_pre=arrival, delay=1*ms, method="exact")
    exc.connect("i < 40 and i != j and (abs(i - j) < 4 or i == 2*j)")
    exc.A, exc.U, exc.tau_f, exc.tau_rec = "1.8*nA*(1 + 0.01*i)", "0.5 + 0.002*j", 1*ms, 800*ms
    inh = Synapses(cells, cells, equations % "I_inh", on_pre=arrival, delay=1.5*ms, method="exact")
    inh.connect("i >= 40 and i != j and abs(i - j) < 8")
    inh.A, inh.U, inh.tau_f, inh.tau_rec = -7.2*nA, 0.04, 1*second, 100*ms
    monitor = SpikeMonitor(cells)
    Network(cells, exc, inh, monitor).run(600*ms)
    return monitor


result = {}
for build, dt in ((conductances, 0.1*ms), (short_term, 0.005*ms)):
    defaultclock.dt = dt
    result[build.__name__] = spikes(build())
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "brian2_networks.json"), "w") as file:
    json.dump(result, file, separators=(",", ":"))
