"""A step of current.

Exported by glif VERSION from neuron.glif, Step of Leaky.
It takes glif's steps: spikes fall into the same ones, up to rounding.

A neuron by itself. Lapicque, J. Physiol. Pathol. Gén. 9:620 (1907).
"""
import numpy as np
from brian2 import *

defaultclock.dt = 0.1*ms
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

# Leaky integrator with names that Brian2 does not allow.
I_e_stimulus = TimedArray(repeat([0, 400, 0], [1, 17, 2])*pA, dt=10*ms)
Leaky = NeuronGroup(1, """
    dV/dt = (I_e - G*(V - E_L))/C : volt (unless refractory)  # membrane potential
    ddeltaTheta/dt = -deltaTheta/(30*ms) : volt  # rise of the threshold
    I_e = I_e_stimulus(t) : amp (constant over dt)  # injected current
    Theta = Theta_inf + deltaTheta : volt  # threshold
    """,
    threshold="V > Theta",
    reset="""
        V = E_L
        deltaTheta += lambda_
        """,
    refractory="t_ref + dt",
    method="exact",
    namespace=dict(
        G=10*nS,  # capacitance and leak
        E_L=-70*mV,
        C=100*pF,  # capacitance and leak
        Theta_inf=-50*mV,
        t_ref=2*ms,  # refractory period
        lambda_=3*mV,  # rise of the threshold
    ),
    name="Leaky")
Leaky.V = "E_L"

Leaky_spikes = SpikeMonitor(Leaky)
Leaky_traces = StateMonitor(Leaky, ["V", "Theta"], record=True, dt=1*ms)


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



run(200*ms, report="text")

for group in [Leaky]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("Leaky", Leaky_spikes, 1, 1),
])
write_traces("traces.csv", [
    ("Leaky", "V", Leaky_traces, "V", mV, "mV"),
    ("Leaky", "Θ", Leaky_traces, "Theta", mV, "mV"),
])
