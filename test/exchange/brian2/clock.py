"""Clock of Three.

Exported by glif VERSION from clock.glif, Clock of Three.
It takes glif's steps: spikes fall into the same ones, up to rounding.

Events that go by the clock, also of refractory neurons; names in events; what is left over; repeated pulses.
"""
import numpy as np
from brian2 import *

data = np.load("Clock.npz")  # written by glif VERSION


@implementation("cpp", "inline double maximum(double a, double b) { return b > a ? b : a; }")
@implementation("cython", "cdef double maximum(double a, double b):\n    return b if b > a else a")
@check_units(a=None, b=None, result=lambda a, b: a)
def maximum(a, b):
    """The larger of two."""
    return np.maximum(a, b)

defaultclock.dt = 0.1*ms
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

A_R_stimulus = TimedArray(data["A_R_stimulus"]*mV, dt=1*ms)
A = NeuronGroup(3, """
    dV/dt = (R - V)/tau : volt (unless refractory)
    x : 1
    n : 1
    m : 1
    phase : 1
    left : 1
    R = A_R_stimulus(t, i) : volt (constant over dt)
    T : second (constant)
    was_event_3 : boolean  # V > 8 mV, at the end of the step before
    """,
    threshold="V > V_th",
    reset="""
        V = V/2*0.5
        phase = (t + dt + dt/2 - 7*ms*floor((t + dt + dt/2)/(7*ms)))/(1*ms)
        """,
    refractory="t_ref + dt",
    events={"event_1": "(t_in_timesteps + 1) % maximum(1, floor(T/dt*(1 + 1e-12) + 0.5)) == 0", "event_2": "(t_in_timesteps + 1) >= 100 and (t_in_timesteps + 1) < 305 and ((t_in_timesteps + 1) - 100) % 5 == 0", "event_3": "(V > 8*mV) and not was_event_3 and not_refractory"},
    method="rk4",
    namespace=dict(
        tau=10*ms,
        t_ref=2*ms,
        V_th=10*mV,
    ),
    name="A")
A.set_event_schedule("event_1", when="before_thresholds")
A.run_on_event("event_1", """
        n += 1
        V += 1*mV
        """, when="after_resets", order=0)
A.set_event_schedule("event_2", when="before_thresholds")
A.run_on_event("event_2", """
        x = 3.9*(x*(1 - x))
        left = -n - 2.5*floor(-n/2.5)
        """, when="after_resets", order=1)
A.run_regularly("was_event_3 = V > 8*mV", when="after_thresholds")
A.run_regularly("was_event_3 = was_event_3 and (V > 8*mV)", when="end")
A.was_event_3 = False
A.set_event_schedule("event_3", when="before_thresholds")
A.run_on_event("event_3", "m += 1", when="after_resets", order=2)
A.T = "3.05*ms + 1*ms*i"
A.x = 0.5

A_spikes = SpikeMonitor(A)
A_traces = StateMonitor(A, ["V", "n", "x", "m", "phase", "left"], record=True, dt=0.5*ms)


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

for group in [A]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("A", A_spikes, 3, 1),
])
write_traces("traces.csv", [
    ("A", "V", A_traces, "V", mV, "mV"),
    ("A", "n", A_traces, "n", 1, "1"),
    ("A", "x", A_traces, "x", 1, "1"),
    ("A", "m", A_traces, "m", 1, "1"),
    ("A", "phase", A_traces, "phase", 1, "1"),
    ("A", "left", A_traces, "left", 1, "1"),
])
