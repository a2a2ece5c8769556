"""Learn of Learning.

Exported by glif VERSION from plasticity.glif, Learn of Learning.
What is not as in glif:
- `post.V <- post.V + w*U*r`: spikes that arrive together at one neuron act in the order in which Brian2 keeps connections
- `post.V <- post.V + w`: spikes that arrive together at one neuron act in the order in which Brian2 keeps connections

What single connections have: traces, weights that learn, depression; sums that are made in every step.
"""
import numpy as np
from brian2 import *

defaultclock.dt = 0.1*ms
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

A_ = NeuronGroup(8, """
    dV/dt = (R - V)/tau : volt
    R : volt (constant)
    W = 0*mV : volt
    """,
    threshold="V > 10*mV",
    reset="V = 0*mV",
    method="exact",
    namespace=dict(
        tau=10*ms,
    ),
    name="A_")
A_.R = "11*mV + 0.7*mV*i"

B = NeuronGroup(4, """
    dV/dt = (R - V)/tau : volt
    R : volt (constant)
    W = W_learning : volt
    W_learning : volt  # from learning, summed in every step
    """,
    threshold="V > 10*mV",
    reset="V = 0*mV",
    method="exact",
    namespace=dict(
        tau=10*ms,
    ),
    name="B")
B.R = "9.5*mV + 0.1*mV*i"

back = Synapses(B,
    A_,
    """
    dr/dt = (1 - r)/tau_rec : 1 (event-driven)
    """,
    on_pre="""
        V_post += w*U*r
        r -= U*r
        """,
    delay=1*ms,
    namespace=dict(
        tau_rec=60*ms,
        w=4*mV,
        U=0.4,
    ),
    name="back")
back.connect(condition="abs(i - j) < 3")
back.r = 1

learning = Synapses(A_,
    B,
    """
    w : volt
    dx/dt = -x/tau_p : 1 (event-driven)
    dy/dt = -y/(2*tau_p) : 1 (event-driven)
    W_learning_post = w : volt (summed)
    """,
    on_pre="""
        V_post += w
        x += 1
        w = clip(w - A*y, 0*mV, 3*mV)
        """,
    on_post="""
        y += 1
        w = clip(w + A*x, 0*mV, 3*mV)
        """,
    delay=0.3*ms,
    namespace=dict(
        tau_p=20*ms,
        A=0.05*mV,
    ),
    name="learning")
learning.post.order = -2  # what a spike of the target does comes before what arrives with it
learning.connect()
learning.w = "1*mV + 0.2*mV*i"

A_spikes = SpikeMonitor(A_)
B_spikes = SpikeMonitor(B)
B_traces = StateMonitor(B, "V", record=True, dt=1*ms)


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



run(120*ms, report="text")

for group in [A_, B]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("A", A_spikes, 8, 1),
    ("B", B_spikes, 4, 1),
])
write_traces("traces.csv", [
    ("B", "V", B_traces, "V", mV, "mV"),
])
