"""Run of Net.

Exported by glif VERSION from network.glif, Run of Net.
What is not as in glif:
- the steps of E: glif takes drive.g, exc.g, inh.g by exact, V by exponential_euler, Brian2 all by exponential_euler (`--exact` writes glif's steps)
- what `V` is drawn to: other numbers of the same distribution, by numpy
- the steps of I: glif takes exc.g by exact, V by exponential_euler, Brian2 all by exponential_euler (`--exact` writes glif's steps)
- the spikes of X, which are other ones of the same rate, one at most in a step
- which neurons `drive` connects: drawn anew, by the same rule
- which neurons `exc` connects: drawn anew, by the same rule
- what `w` is drawn to: other numbers of the same distribution, by numpy
- what `delay` is drawn to: other numbers of the same distribution, by numpy
- which neurons `inh` connects: drawn anew, by the same rule

Conductances, delays, draws, rules, sources, slices: a network as networks are.
"""
import numpy as np
from brian2 import *


def between(low, high, draw, size):
    """Numbers of draw(n), drawn again while they lie outside of the bounds."""
    values = np.asarray(draw(size), dtype=float)
    while True:
        outside = np.flatnonzero((values < low) | (values > high))
        if len(outside) == 0:
            return values
        values[outside] = draw(len(outside))


def lognormal_of(mean, sd, size):
    """Lognormal numbers of this mean and standard deviation, their own and not those of the logarithm."""
    variance = np.log1p((sd/mean)**2)
    return np.random.lognormal(np.log(mean) - variance/2, np.sqrt(variance), size)

defaultclock.dt = 0.1*ms
seed(3)
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

E = NeuronGroup(40, """
    dV/dt = (g_L*(E_L - V) + I_e)/C : volt (unless refractory)
    ddrive_g/dt = -drive_g/drive_tau : siemens  # drive: the sum over all connections
    dexc_g/dt = -exc_g/exc_tau : siemens  # exc: the sum over all connections
    dinh_g/dt = -inh_g/inh_tau : siemens  # inh: the sum over all connections
    I_e = 140*pA + drive_g*(drive_E_rev - V) + exc_g*(exc_E_rev - V) + inh_g*(inh_E_rev - V) : amp
    """,
    threshold="V > V_th",
    reset="V = E_L",
    refractory="t_ref + dt",
    method="exponential_euler",
    namespace=dict(
        drive_E_rev=0*mV,
        exc_E_rev=0*mV,
        inh_E_rev=-80*mV,
        g_L=10*nS,
        E_L=-65*mV,
        C=100*pF,
        drive_tau=5*ms,
        exc_tau=5*ms,
        inh_tau=8*ms,
        t_ref=2*ms,
        V_th=-50*mV,
    ),
    name="E")
# what arrives when the refractory period is just over acts
E.run_regularly("not_refractory = timestep(t - lastspike, dt) >= timestep(t_ref + dt, dt)", when="before_synapses")
E.V = np.random.uniform(-65, -50, 40)*mV

I = NeuronGroup(10, """
    dV/dt = (g_L*(E_L - V) + I_e)/C : volt (unless refractory)
    dexc_g/dt = -exc_g/exc_tau : siemens  # exc: the sum over all connections
    I_e = exc_g*(exc_E_rev - V) : amp
    """,
    threshold="V > V_th",
    reset="V = E_L",
    refractory="t_ref + dt",
    method="exponential_euler",
    namespace=dict(
        exc_E_rev=0*mV,
        g_L=10*nS,
        E_L=-65*mV,
        C=100*pF,
        exc_tau=5*ms,
        t_ref=1*ms,
        V_th=-50*mV,
    ),
    name="I")
# what arrives when the refractory period is just over acts
I.run_regularly("not_refractory = timestep(t - lastspike, dt) >= timestep(t_ref + dt, dt)", when="before_synapses")
I.V = between(-inf, -50, lambda n: np.random.normal(-60, 3, n), 10)*mV

X = PoissonGroup(30, rates="int(i < 10)*(200*Hz) + int(not (i < 10))*(80*Hz)", name="X")

S = SpikeGeneratorGroup(1, [0]*4, [0, 10, 10.4, 30]*ms, when="start", name="S")

drive = Synapses(X,
    E,
    on_pre="drive_g_post += w",
    namespace=dict(
        w=4*nS,
    ),
    name="drive")
drive.connect(i=repeat(arange(0, 30), 5), j=np.random.randint(0, 40, 5*30))

exc_E_E = Synapses(E,
    E,
    """
    w : siemens
    """,
    on_pre="exc_g_post += w",
    delay=1.5*ms,
    name="exc_E_E")
exc_E_E.connect(condition="i != j", p=0.2)
exc_E_E.w = lognormal_of(1, 0.3, len(exc_E_E))*nS

exc_E_I = Synapses(E,
    I,
    """
    w : siemens
    """,
    on_pre="exc_g_post += w",
    delay=1.5*ms,
    name="exc_E_I")
exc_E_I.connect(p=0.2)
exc_E_I.w = lognormal_of(1, 0.3, len(exc_E_I))*nS

inh = Synapses(I,
    E,
    on_pre="inh_g_post += w",
    namespace=dict(
        w=5*nS,
    ),
    name="inh")
inh.connect(i=concatenate([np.random.choice(arange(0, 10), 4, replace=False) for k in arange(0, 40)]), j=repeat(arange(0, 40), 4))
inh.delay = np.random.uniform(0.5, 2, len(inh))*ms

kick = Synapses(S,
    E,
    """
    w : volt
    """,
    on_pre="V_post += w",
    delay=0.5*ms,
    name="kick")
kick.connect(condition="j <= 9")
kick.w = "1.5*mV*(1 + 0.1*j)"

relay = Synapses(E,
    I,
    on_pre="V_post += w",
    delay=0.2*ms,
    namespace=dict(
        w=8*mV,
    ),
    name="relay")
relay.connect(i=arange(30, 40), j=arange(0, 10))

E_spikes = SpikeMonitor(E)
I_spikes = SpikeMonitor(I)
E_traces = StateMonitor(E, "V", record=range(0, 2), dt=1*ms)
E_traces_ = StateMonitor(E, "exc_g", record=[0], dt=1*ms)


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

for group in [E, I]:
    for variable in group.equations.diff_eq_names:
        if not np.all(np.isfinite(getattr(group, variable))):
            raise ArithmeticError(f"{group.name}.{variable} has left the numbers: take a shorter step")

write_spikes("spikes.csv", [
    ("E", E_spikes, 40, 1),
    ("I", I_spikes, 10, 1),
])
write_traces("traces.csv", [
    ("E", "V", E_traces, "V", mV, "mV"),
    ("E", "exc.g", E_traces_, "exc_g", nS, "nS"),
])
