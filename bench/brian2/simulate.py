#!/usr/bin/python3
"""The bench's workloads in Brian2. usage: simulate.py WORKLOAD standalone|cython FOLDER [SECONDS]

FOLDER keeps the C++ project, or the cache of compiled modules: empty means from nothing. Prints one JSON line: the simulation's own time (s), the mean rate (Hz)
over the seconds simulated, the largest resident memory (MB) of the process that simulates.
"""
import json, os, subprocess, sys, time, warnings
warnings.filterwarnings("ignore")
from brian2 import *

WORKLOADS = {}


def peak(process):
    """Largest resident memory (MB) of a running process. Not its resource usage, which starts with what the process had that started it."""
    try:
        with open(f"/proc/{process}/status") as status:
            return next(int(line.split()[1])/1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        return 0


def workload(step):
    def add(build):
        WORKLOADS[build.__name__] = (step, build)
        return build
    return add


def connected(cells, excitatory, p, excitation, inhibition, delay=None):
    """Excitatory cells first; every pair of different cells with probability p."""
    exc = Synapses(cells, cells, on_pre=excitation, delay=delay)
    exc.connect(f"i < {excitatory} and i != j", p=p)
    inh = Synapses(cells, cells, on_pre=inhibition, delay=delay)
    inh.connect(f"i >= {excitatory} and i != j", p=p)
    return [exc, inh]


@workload(0.1*ms)
def coba():
    cells = NeuronGroup(4000, """dv/dt = (g_L*(E_L - v) + g_e*(E_e - v) + g_i*(E_i - v))/C : volt (unless refractory)
        dg_e/dt = -g_e/(5*ms) : siemens
        dg_i/dt = -g_i/(10*ms) : siemens""",
        namespace={"C": 200*pF, "g_L": 10*nS, "E_L": -60*mV, "E_e": 0*mV, "E_i": -80*mV},
        threshold="v > -50*mV", reset="v = -60*mV", refractory=5*ms, method="euler")
    cells.v = "-65*mV + 5*mV*randn()"
    cells.g_e = "(4 + 1.5*randn())*10*nS"
    cells.g_i = "(20 + 12*randn())*10*nS"
    return cells, connected(cells, 3200, 0.02, "g_e += 6*nS", "g_i += 67*nS")


@workload(0.1*ms)
def cuba():
    cells = NeuronGroup(4000, """dv/dt = (-49*mV - v + u_e + u_i)/(20*ms) : volt (unless refractory)
        du_e/dt = -u_e/(5*ms) : volt
        du_i/dt = -u_i/(10*ms) : volt""",
        threshold="v > -50*mV", reset="v = -60*mV", refractory=5*ms, method="exact")
    cells.v = "-60*mV + 10*mV*rand()"
    return cells, connected(cells, 3200, 0.02, "u_e += 1.62*mV", "u_i -= 9*mV")


TRAUB_MILES = """
    dm/dt = a_m*(1 - m) - b_m*m : 1
    dn/dt = a_n*(1 - n) - b_n*n : 1
    dh/dt = a_h*(1 - h) - b_h*h : 1
    a_m = 0.32*4/exprel((13*mV - v + V_T)/(4*mV))/ms : Hz
    b_m = 0.28*5/exprel((v - V_T - 40*mV)/(5*mV))/ms : Hz
    a_h = 0.128*exp((17*mV - v + V_T)/(18*mV))/ms : Hz
    b_h = 4/(1 + exp((40*mV - v + V_T)/(5*mV)))/ms : Hz
    a_n = 0.032*5/exprel((15*mV - v + V_T)/(5*mV))/ms : Hz
    b_n = 0.5*exp((10*mV - v + V_T)/(40*mV))/ms : Hz
"""
MEMBRANE = {"C": 200*pF, "g_L": 10*nS, "E_L": -60*mV, "E_K": -90*mV, "E_Na": 50*mV, "g_Na": 20*usiemens, "g_K": 6*usiemens, "V_T": -63*mV, "E_e": 0*mV, "E_i": -80*mV}


@workload(0.05*ms)
def cobahh():
    cells = NeuronGroup(4000, """
        dv/dt = (g_L*(E_L - v) + g_e*(E_e - v) + g_i*(E_i - v) - g_Na*(m*m*m)*h*(v - E_Na) - g_K*(n*n*n*n)*(v - E_K))/C : volt
        dg_e/dt = -g_e/(5*ms) : siemens
        dg_i/dt = -g_i/(10*ms) : siemens""" + TRAUB_MILES,
        namespace=MEMBRANE, threshold="v > -20*mV", refractory=3*ms, method="exponential_euler")
    cells.v = "-65*mV + 5*mV*randn()"
    cells.g_e = "(4 + 1.5*randn())*10*nS"
    cells.g_i = "(20 + 12*randn())*10*nS"
    return cells, connected(cells, 3200, 0.02, "g_e += 6*nS", "g_i += 67*nS")


@workload(0.05*ms)
def traub_miles():
    cells = NeuronGroup(4000, """
        dv/dt = (g_L*(E_L - v) - g_Na*(m*m*m)*h*(v - E_Na) - g_K*(n*n*n*n)*(v - E_K) + I)/C : volt
        I : amp (constant)""" + TRAUB_MILES,
        namespace=MEMBRANE, threshold="v > -20*mV", refractory=3*ms, method="exponential_euler")
    cells.v = "-65*mV + 5*mV*randn()"
    cells.h = 1
    cells.I = "500*pA*i/N"
    return cells, []


GLIF5 = """
    dI_1/dt = -(0.003/ms)*I_1 : amp
    dI_2/dt = -(0.1/ms)*I_2 : amp
    dtheta_s/dt = -(0.009/ms)*theta_s : volt
    dtheta_v/dt = (0.005/ms)*V - (0.09/ms)*theta_v : volt
"""
GLIF5_EVENTS = dict(threshold="V > 27.17*mV + theta_s + theta_v", reset="V = 0.20*V + 18.51*mV; I_1 += -9.18*pA; I_2 += -198.94*pA; theta_s += 0.37*mV",
                    refractory=3.8*ms, method="euler")


@workload(0.1*ms)
def glif_network():
    cells = NeuronGroup(10000, """dV/dt = (240*pA + I_s + I_1 + I_2 - 9.43*nS*V)/(58.72*pF) + 300*pA*sqrt(0.1*ms)/(58.72*pF)*xi : volt (unless refractory)
        dI_s/dt = -I_s/(2*ms) : amp""" + GLIF5, **GLIF5_EVENTS)
    cells.V = "20*mV*rand()"
    return cells, connected(cells, 8000, 0.01, "I_s_post += 20*pA", "I_s_post -= 100*pA", delay=1.5*ms)


@workload(0.1*ms)
def glif_population():
    cells = NeuronGroup(100000, """dV/dt = (I_0 + I_1 + I_2 - 9.43*nS*V)/(58.72*pF) : volt (unless refractory)
        I_0 : amp (constant)""" + GLIF5, **GLIF5_EVENTS)
    cells.V = "20*mV*rand()"
    cells.I_0 = "(260 + 60.0*i/N)*pA"
    return cells, []


name, target, folder = sys.argv[1:4]
duration = float(sys.argv[4]) if len(sys.argv) > 4 else 1.0
if target == "standalone":
    set_device("cpp_standalone", directory=folder, build_on_run=False)
else:
    prefs.codegen.target = "cython"
    prefs.codegen.runtime.cython.cache_dir = folder
step, build = WORKLOADS[name]
seed(1)
defaultclock.dt = step
cells, synapses = build()
monitor = SpikeMonitor(cells)
network = Network(cells, monitor, *synapses)

took = []
if target == "standalone":
    network.run(duration*second)
    device.build(directory=folder, compile=True, run=False, debug=False)
    main = subprocess.Popen(["./main"], cwd=folder)
    memory = 0
    while main.poll() is None:
        memory = max(memory, peak(main.pid))
        time.sleep(0.01)
    if main.returncode != 0:
        sys.exit("the simulation failed")
    with open(os.path.join(folder, "results", "last_run_info.txt")) as last_run:
        took.append(float(last_run.read().split()[0]))
    get_device().has_been_run = True
    spikes = len(monitor.t)
else:
    network.run(duration*second, report=lambda elapsed, completed, start, whole: took.append(float(elapsed)), report_period=1e6*second)
    spikes, memory = monitor.num_spikes, peak("self")
print(json.dumps({"seconds": took[-1], "rate": spikes/len(cells)/duration, "megabytes": memory}))
