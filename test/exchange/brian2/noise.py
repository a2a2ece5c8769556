"""Noise of Noisy.

Exported by glif VERSION from noise.glif, Noise of Noisy.
What is not as in glif:
- spikes with a rate, which are drawn by Brian2's own random numbers: other spikes of the same probability
- what events draw: Brian2's own random numbers
- the noise of Noisy, which is made of Brian2's own random numbers: other noise of the same strength
- the steps of Noisy: glif takes V, w by exact, Brian2 all by euler (`--exact` writes glif's steps)

White noise, escape noise, draws in events.
"""
import numpy as np
from brian2 import *

defaultclock.dt = 0.1*ms
seed(1)
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

Noisy = NeuronGroup(1, """
    dV/dt = ((R + 3*mV*ms**(1/2)*xi_1) - V)/tau + sigma*sqrt(2/tau)*xi_2 : volt (unless refractory)
    dw/dt = -w/tau + sigma*sqrt(1/tau)*xi_2 : volt
    T : second
    R = 8*mV : volt
    rest : second  # refractory period after the last spike
    """,
    threshold="rand() < 1 - exp(-(rho_0*exp((V - 10*mV)/(2*mV)))*dt)",
    reset="""
        u = rand()
        drawn_T = (1*ms) + ((3*ms) - (1*ms))*(rand())
        V = u*(2*mV)
        w += 1*mV
        T = drawn_T
        rest = floor(T/dt + 0.5)*dt + dt
        """,
    refractory="rest",
    method="euler",
    namespace=dict(
        tau=10*ms,
        sigma=2*mV,
        rho_0=0.2/ms,
    ),
    name="Noisy")
Noisy.T = 2*ms

Noisy_spikes = SpikeMonitor(Noisy)
Noisy_traces = StateMonitor(Noisy, ["V", "w", "R"], record=True, dt=1*ms)


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



run(300*ms, report="text")

for group in [Noisy]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("Noisy", Noisy_spikes, 1, 1),
])
write_traces("traces.csv", [
    ("Noisy", "V", Noisy_traces, "V", mV, "mV"),
    ("Noisy", "w", Noisy_traces, "w", mV, "mV"),
    ("Noisy", "R", Noisy_traces, "R", mV, "mV"),
])
