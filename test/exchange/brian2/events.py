"""Events of Both.

Exported by glif VERSION from events.glif, Events of Both.
What is not as in glif:
- an upstroke of S that runs beyond the numbers inside of a step, which glif cuts at the threshold

Resets that read what they write, events, a spike where a condition becomes true, choices.
"""
import numpy as np
from brian2 import *


@implementation("cpp", "inline double maximum(double a, double b) { return b > a ? b : a; }")
@implementation("cython", "cdef double maximum(double a, double b):\n    return b if b > a else a")
@check_units(a=None, b=None, result=lambda a, b: a)
def maximum(a, b):
    """The larger of two."""
    return np.maximum(a, b)


@implementation("cpp", "inline double choose(double condition, double a, double b) { return condition != 0 ? a : b; }")
@implementation("cython", "cdef double choose(double condition, double a, double b):\n    return a if condition != 0 else b")
@check_units(condition=1, a=None, b=None, result=lambda condition, a, b: a)
def choose(condition, a, b):
    """a where the condition is 1, b where it is 0."""
    return np.where(condition != 0, a, b)

defaultclock.dt = 0.1*ms
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

S = NeuronGroup(2, """
    dV/dt = (R - V)/tau + pull : volt
    a : volt
    b : volt
    c : volt
    up : 1
    last : second
    R : volt (constant)
    pull = choose(int(V < 5*mV), maximum(0*mV, 5*mV - V)/tau, sqrt(V*(1*mV))/tau) : volt/second
    was_event_1 : boolean  # V > 6 mV, at the end of the step before
    was_event_2 : boolean  # up > 2, at the end of the step before
    """,
    threshold="V > V_th",
    reset="""
        new_V = c
        c = 0.5*(a - b)
        new_a = b + 0.1*V
        b = a
        V = new_V
        a = new_a
        """,
    events={"event_1": "(V > 6*mV) and not was_event_1", "event_2": "(up > 2) and not was_event_2"},
    method="rk4",
    namespace=dict(
        tau=10*ms,
        V_th=10*mV,
    ),
    name="S")
S.run_regularly("was_event_1 = V > 6*mV", when="after_thresholds")
S.run_regularly("was_event_1 = was_event_1 and (V > 6*mV)", when="end")
S.was_event_1 = False
S.set_event_schedule("event_1", when="before_thresholds")
S.run_on_event("event_1", """
        up += 1
        last = t + dt
        """, when="after_resets", order=0)
S.run_regularly("was_event_2 = up > 2", when="after_thresholds")
S.run_regularly("was_event_2 = was_event_2 and (up > 2)", when="end")
S.was_event_2 = False
S.set_event_schedule("event_2", when="before_thresholds")
S.run_on_event("event_2", """
        a = -a
        up = 0
        """, when="after_resets", order=1)
S.V = 0.5*mV
S.a = 1*mV
S.b = 2*mV
S.last = -1*ms
S.R = "15*mV + 2*mV*i"

X = NeuronGroup(1, """
    dx/dt = -omega*y : 1
    dy/dt = omega*x : 1
    was_spike : boolean  # x > 0.5, at the end of the step before
    was_event_1 : boolean  # y > 0.9, at the end of the step before
    """,
    threshold="(x > 0.5) and not was_spike",
    events={"event_1": "(y > 0.9) and not was_event_1"},
    method="rk4",
    namespace=dict(
        omega=0.3/ms,
    ),
    name="X")
X.run_regularly("was_spike = x > 0.5", when="after_thresholds")
X.run_regularly("was_spike = was_spike and (x > 0.5)", when="end")
X.was_spike = True
X.run_regularly("was_event_1 = y > 0.9", when="after_thresholds")
X.run_regularly("was_event_1 = was_event_1 and (y > 0.9)", when="end")
X.was_event_1 = False
X.set_event_schedule("event_1", when="before_thresholds")
X.run_on_event("event_1", """
        x = 0.6
        y = -0.2
        """, when="after_resets", order=0)
X.x = 1

S_spikes = SpikeMonitor(S)
X_spikes = SpikeMonitor(X)
S_traces = StateMonitor(S, ["a", "b", "c", "up", "last"], record=True, dt=0.5*ms)
X_traces = StateMonitor(X, "x", record=True, dt=0.5*ms)


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



run(100*ms, report="text")

for group in [S, X]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("S", S_spikes, 2, 1),
    ("X", X_spikes, 1, 1),
])
write_traces("traces.csv", [
    ("S", "a", S_traces, "a", mV, "mV"),
    ("S", "b", S_traces, "b", mV, "mV"),
    ("S", "c", S_traces, "c", mV, "mV"),
    ("S", "up", S_traces, "up", 1, "1"),
    ("S", "last", S_traces, "last", ms, "ms"),
    ("X", "x", X_traces, "x", 1, "1"),
])
