"""Run of Net.

Exported by glif VERSION from network.glif, Run of Net.
It takes glif's steps: spikes fall into the same ones, up to rounding.

Conductances, delays, draws, rules, sources, slices: a network as networks are.
"""
import numpy as np
from brian2 import *

data = np.load("Run.npz")  # written by glif VERSION

defaultclock.dt = 0.1*ms
seed(3)
# as in glif: spikes that arrive act before a step is integrated, and resets come before what is sent
magic_network.schedule = ["start", "synapses", "groups", "thresholds", "resets", "end"]

def step_of_E(equations, variables, options=None):
    """One step as glif takes it: drive.g by exact, then exc.g by exact, then inh.g by exact, then V by exponential_euler. Numbers are in ms, mV, pF, pA, nS."""
    return """
    drive_g_n = drive_g*1000000000
    exc_g_n = exc_g*1000000000
    inh_g_n = inh_g*1000000000
    V_n = V*1000
    drive_g_next = drive_g_n + (-drive_g_n/5*(0.1*exprel(-1/5*0.1)))
    exc_g_next = exc_g_n + (-exc_g_n/5*(0.1*exprel(-1/5*0.1)))
    inh_g_next = inh_g_n + (-inh_g_n/8*(0.1*exprel(-1/8*0.1)))
    part = 0.5*(drive_g_n + drive_g_next)
    part_ = 0.5*(exc_g_n + exc_g_next)
    part_2 = 0.5*(inh_g_n + inh_g_next)
    V_next = V_n + (10*(-65 - V_n) + (140 + part*(0 - V_n) + part_*(0 - V_n) + part_2*(-80 - V_n)))*(1/100)*(0.1*exprel((-10 - part - part_ - part_2)*(1/100)*0.1))
    drive_g_held = drive_g_n + (-drive_g_n/5*(0.1*exprel(-1/5*0.1)))
    exc_g_held = exc_g_n + (-exc_g_n/5*(0.1*exprel(-1/5*0.1)))
    inh_g_held = inh_g_n + (-inh_g_n/8*(0.1*exprel(-1/8*0.1)))
    drive_g = (int(not_refractory)*drive_g_next + int(not not_refractory)*drive_g_held)*1e-9
    exc_g = (int(not_refractory)*exc_g_next + int(not not_refractory)*exc_g_held)*1e-9
    inh_g = (int(not_refractory)*inh_g_next + int(not not_refractory)*inh_g_held)*1e-9
    V = (int(not_refractory)*V_next + int(not not_refractory)*V_n)*0.001
    """


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
    method=step_of_E,
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
E.V = data["E.V"]*mV

def step_of_I(equations, variables, options=None):
    """One step as glif takes it: exc.g by exact, then V by exponential_euler. Numbers are in ms, mV, pF, pA, nS."""
    return """
    exc_g_n = exc_g*1000000000
    V_n = V*1000
    exc_g_next = exc_g_n + (-exc_g_n/5*(0.1*exprel(-1/5*0.1)))
    part = 0.5*(exc_g_n + exc_g_next)
    V_next = V_n + (10*(-65 - V_n) + (0 + part*(0 - V_n)))*(1/100)*(0.1*exprel((-10 - part)*(1/100)*0.1))
    exc_g_held = exc_g_n + (-exc_g_n/5*(0.1*exprel(-1/5*0.1)))
    exc_g = (int(not_refractory)*exc_g_next + int(not not_refractory)*exc_g_held)*1e-9
    V = (int(not_refractory)*V_next + int(not not_refractory)*V_n)*0.001
    """


I = NeuronGroup(10, """
    dV/dt = (g_L*(E_L - V) + I_e)/C : volt (unless refractory)
    dexc_g/dt = -exc_g/exc_tau : siemens  # exc: the sum over all connections
    I_e = exc_g*(exc_E_rev - V) : amp
    """,
    threshold="V > V_th",
    reset="V = E_L",
    refractory="t_ref + dt",
    method=step_of_I,
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
I.V = data["I.V"]*mV

# a neuron's further spikes in one step are those of neurons 30, 31, … in its place
X = SpikeGeneratorGroup(60, data["X.neurons"], data["X.steps"]*defaultclock.dt, when="start", name="X")

S = SpikeGeneratorGroup(1, [0]*4, [0, 10, 10.4, 30]*ms, when="start", name="S")

drive = Synapses(X,
    E,
    on_pre="drive_g_post += w",
    namespace=dict(
        w=4*nS,
    ),
    name="drive")
drive.connect(i=data["drive.i"], j=data["drive.j"])

exc_E_E = Synapses(E,
    E,
    """
    w : siemens
    """,
    on_pre="exc_g_post += w",
    delay=1.5*ms,
    name="exc_E_E")
exc_E_E.connect(i=data["exc_E_E.i"], j=data["exc_E_E.j"])
exc_E_E.w = data["exc_E_E.w"]*nS

exc_E_I = Synapses(E,
    I,
    """
    w : siemens
    """,
    on_pre="exc_g_post += w",
    delay=1.5*ms,
    name="exc_E_I")
exc_E_I.connect(i=data["exc_E_I.i"], j=data["exc_E_I.j"])
exc_E_I.w = data["exc_E_I.w"]*nS

inh = Synapses(I,
    E,
    on_pre="inh_g_post += w",
    namespace=dict(
        w=5*nS,
    ),
    name="inh")
inh.connect(i=data["inh.i"], j=data["inh.j"])
inh.delay = data["inh.delay"]*defaultclock.dt

kick = Synapses(S,
    E,
    """
    w : volt
    """,
    on_pre="V_post += w",
    delay=0.5*ms,
    name="kick")
kick.connect(i=data["kick.i"], j=data["kick.j"])
kick.w = data["kick.w"]*mV

relay = Synapses(E,
    I,
    on_pre="V_post += w",
    delay=0.2*ms,
    namespace=dict(
        w=8*mV,
    ),
    name="relay")
relay.connect(i=data["relay.i"], j=data["relay.j"])

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
