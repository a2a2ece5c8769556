"""Each of Net.

Exported by glif VERSION from each.glif, Each of Net.
What is not as in glif:
- what `V` is drawn to: other numbers of the same distribution, by numpy
- the spikes of X, which are other ones of the same rate, one at most in a step

Values of single neurons: lists, columns of files, slices; a stimulus with a column for each; regular spikes.
"""
import numpy as np
from brian2 import *

data = np.load("Each.npz")  # written by glif VERSION

defaultclock.dt = 0.1*ms
seed(3)
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

E = NeuronGroup(4, """
    dV/dt = (g_L*(E_L - V) + I_e + I_s)/C : volt (unless refractory)
    I_e : amp (constant)
    I_s : amp (constant)
    C : farad (constant)
    E_L : volt (constant)
    V_th : volt (constant)
    V_r : volt (constant)
    t_ref : second (constant)
    """,
    threshold="V > V_th",
    reset="V = V_r",
    refractory="floor(t_ref/dt + 0.5)*dt + dt",
    method="exact",
    namespace=dict(
        g_L=10*nS,
    ),
    name="E")
# what arrives when the refractory period is just over acts
E.run_regularly("not_refractory = timestep(t - lastspike, dt) >= timestep(floor(t_ref/dt + 0.5)*dt + dt, dt)", when="before_synapses")
E.C = data["E.C"]*pF
E.E_L = "int(i >= 1 and i <= 2)*(-64*mV) + int(not (i >= 1 and i <= 2))*(-65*mV)"
E.V_th = data["E.V_th"]*mV
E.V_r = data["E.V_r"]*mV
E.t_ref = "int(i >= 0 and i <= 1)*(3*ms) + int(not (i >= 0 and i <= 1))*(2*ms)"
E.V = np.random.uniform(-60, -55, 4)*mV
E.V["not i == 3"] = "E_L"
E.I_e = data["E.I_e"]*pA
E.I_s = "int(i == 2)*(30*pA)"

F_I_e_stimulus = TimedArray(data["F_I_e_stimulus"]*pA, dt=5*ms)
F = NeuronGroup(4, """
    dV/dt = (g_L*(E_L - V) + I_e + I_s)/C : volt (unless refractory)
    I_e = F_I_e_stimulus(t, i) : amp (constant over dt)
    I_s : amp (constant)
    listed : amp (constant)  # [10, 20] pA
    cells_column : volt (constant)  # file("cells.csv", column: "V_th")
    """,
    threshold="V > V_th",
    reset="V = V_r",
    refractory="t_ref + dt",
    method="exact",
    namespace=dict(
        g_L=10*nS,
        E_L=-65*mV,
        C=100*pF,
        t_ref=2*ms,
        V_th=-50*mV,
        V_r=-66*mV,
    ),
    name="F")
F.listed = data["F.listed"]*pA
# what arrives when the refractory period is just over acts
F.run_regularly("not_refractory = timestep(t - lastspike, dt) >= timestep(t_ref + dt, dt)", when="before_synapses")
F.cells_column = data["F.cells_column"]*mV
F.V = "cells_column - 10*mV - 1*mV*i"
F.I_s = "int(i >= 1 and i <= 2)*listed"

X_rate_stimulus = TimedArray(data["X_rate_stimulus"]/ms, dt=0.1*ms)
X = PoissonGroup(3, rates="X_rate_stimulus(t, i)", name="X")

S = SpikeGeneratorGroup(1, [0]*6, [2, 9, 16, 23, 30, 37]*ms, when="start", name="S")

Jump_S = Synapses(S,
    F,
    on_pre="V_post += w",
    delay=0.5*ms,
    namespace=dict(
        w=2*mV,
    ),
    name="Jump_S")
Jump_S.connect()

Jump_X = Synapses(X,
    E,
    on_pre="V_post += w",
    namespace=dict(
        w=0.5*mV,
    ),
    name="Jump_X")
Jump_X.connect()

E_spikes = SpikeMonitor(E)
F_spikes = SpikeMonitor(F)
E_traces = StateMonitor(E, "V", record=True, dt=1*ms)
F_traces = StateMonitor(F, "V", record=True, dt=1*ms)


def time_of(step):
    """The time (ms) of a step as glif has it: computed, never added up."""
    dt = float(defaultclock.dt/ms)
    steps = int(np.floor(1/dt + 0.5))
    return repr(float(step/steps if 1/steps == dt else step*dt)).removesuffix(".0")


def write_spikes(path, groups):
    """Time (ms), population and neuron of each spike, as glif writes them. A spike of a group stands at the end of its step."""
    rows = []
    for name, monitor, size, later, *counts in groups:
        steps = np.floor(monitor.t/defaultclock.dt + 0.5).astype(int) + later
        times = repeat(1, len(steps)) if len(counts) == 0 else np.asarray(counts[0])
        for step, neuron, count in zip(steps, np.asarray(monitor.i) % size, times):
            rows += [(int(step), name, int(neuron))]*int(count)
    with open(path, "w", encoding="utf-8") as file:
        file.write("t_ms,population,neuron\n")
        for step, name, neuron in sorted(rows):
            file.write(f"{time_of(step)},{name},{neuron}\n")


def write_traces(path, columns):
    """A column for each variable of each neuron, at the beginning of steps, as glif writes them."""
    head, values = ["t_ms"], []
    for name, variable, monitor, attribute, unit, unit_name in columns:
        values += list(np.asarray(getattr(monitor, attribute)/unit))
        head += [f"{name}[{neuron}].{variable} ({unit_name})" for neuron in monitor.record]
    steps = np.floor(columns[0][2].t/defaultclock.dt + 0.5).astype(int)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(head) + "\n")
        for k, step in enumerate(steps):
            file.write(",".join([time_of(int(step))] + [repr(float(column[k])) for column in values]) + "\n")



run(60*ms, report="text")

for group in [E, F]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("E", E_spikes, 4, 1),
    ("F", F_spikes, 4, 1),
])
write_traces("traces.csv", [
    ("E", "V", E_traces, "V", mV, "mV"),
    ("F", "V", F_traces, "V", mV, "mV"),
])
