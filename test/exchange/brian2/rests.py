"""Rests of All.

Exported by glif VERSION from rests.glif, Rests of All.
It takes glif's steps: spikes fall into the same ones, up to rounding.

Refractory periods of each neuron's own, drawn out by the past, with an input that is dropped; stimuli of all shapes.
"""
import numpy as np
from brian2 import *

data = np.load("Rests.npz")  # written by glif VERSION

defaultclock.dt = 0.1*ms
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

A_R_stimulus = TimedArray(data["A_R_stimulus"]*mV, dt=0.1*ms)
A = NeuronGroup(3, """
    dV/dt = (int(not_refractory)*R - V)/tau : volt (unless refractory)
    n : 1
    dw/dt = (int(not_refractory)*R - w)/(50*ms) : volt
    R = A_R_stimulus(t) : volt (constant over dt)
    T_0 : second (constant)
    rest : second  # refractory period after the last spike
    """,
    threshold="V > 10*mV",
    reset="""
        V = 0*mV
        n += 1
        rest = floor((T_0 + n*(0.3*ms))/dt + 0.5)*dt + dt
        """,
    refractory="rest",
    method="exact",
    namespace=dict(
        tau=10*ms,
    ),
    name="A")
A.T_0 = "1*ms + 0.5*ms*i"

B_R_stimulus = TimedArray(data["B_R_stimulus"]*mV, dt=0.1*ms)
B = NeuronGroup(2, """
    dV/dt = (R - V)/tau : volt (unless refractory)
    R = B_R_stimulus(t, i) : volt (constant over dt)
    """,
    threshold="V > 10*mV",
    reset="V = 0*mV",
    refractory=1.1*ms,
    method="exact",
    namespace=dict(
        tau=10*ms,
        T=1.04*ms,
    ),
    name="B")

C_R_stimulus = TimedArray(data["C_R_stimulus"]*mV, dt=0.1*ms)
C = NeuronGroup(1, """
    dV/dt = (R - V)/tau : volt (unless refractory)
    R = C_R_stimulus(t) : volt (constant over dt)
    """,
    threshold="V > 10*mV",
    reset="V = 0*mV",
    refractory=1.1*ms,
    method="exact",
    namespace=dict(
        tau=10*ms,
        T=1.04*ms,
    ),
    name="C")

A_spikes = SpikeMonitor(A)
B_spikes = SpikeMonitor(B)
C_spikes = SpikeMonitor(C)
A_traces = StateMonitor(A, "w", record=True, dt=1*ms)


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



run(80*ms, report="text")

for group in [A, B, C]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("A", A_spikes, 3, 1),
    ("B", B_spikes, 2, 1),
    ("C", C_spikes, 1, 1),
])
write_traces("traces.csv", [
    ("A", "w", A_traces, "w", mV, "mV"),
])
