#!/usr/bin/python3
"""The bench's workloads in Brian2 (C++ standalone). usage: population.py glif|traub_miles SECONDS; prints one JSON line with the simulation's own time."""
import json, sys, tempfile, warnings
warnings.filterwarnings("ignore")
from brian2 import *

workload, seconds = sys.argv[1], float(sys.argv[2])
set_device("cpp_standalone", directory=tempfile.mkdtemp(prefix="glif_bench_"), build_on_run=False)
seed(1)
if workload == "glif":
    defaultclock.dt = 0.1*ms
    N = 100000
    C=58.72*pF; G=9.43*nS; tref=3.8*ms; thinf=27.17*mV; fv=0.20; dV=18.51*mV
    k1=0.003/ms; k2=0.1/ms; A1=-9.18*pA; A2=-198.94*pA; bs=0.009/ms; ds=0.37*mV; av=0.005/ms; bv=0.09/ms
    P = NeuronGroup(N, """dV/dt=(I0+I1+I2-G*V)/C : volt (unless refractory)
        dI1/dt=-k1*I1 : amp
        dI2/dt=-k2*I2 : amp
        dths/dt=-bs*ths : volt
        dthv/dt=av*V-bv*thv : volt
        I0 : amp (constant)""",
        threshold="V>thinf+ths+thv", reset="V=fv*V+dV; I1+=A1; I2+=A2; ths+=ds", refractory=tref, method="euler")
    P.V = "rand()*20*mV"
    P.I0 = "(260+60.0*i/N)*pA"
else:
    defaultclock.dt = 0.05*ms
    N = 4000
    C=200*pF; gl=10*nS; El=-60*mV; EK=-90*mV; ENa=50*mV; g_na=20*usiemens; g_kd=6*usiemens; VT=-63*mV
    P = NeuronGroup(N, """dv/dt=(gl*(El-v)-g_na*(m*m*m)*h*(v-ENa)-g_kd*(n*n*n*n)*(v-EK)+I0)/C : volt
        dm/dt=alpha_m*(1-m)-beta_m*m : 1
        dn/dt=alpha_n*(1-n)-beta_n*n : 1
        dh/dt=alpha_h*(1-h)-beta_h*h : 1
        alpha_m=0.32*(mV**-1)*4*mV/exprel((13*mV-v+VT)/(4*mV))/ms : Hz
        beta_m=0.28*(mV**-1)*5*mV/exprel((v-VT-40*mV)/(5*mV))/ms : Hz
        alpha_h=0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
        beta_h=4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
        alpha_n=0.032*(mV**-1)*5*mV/exprel((15*mV-v+VT)/(5*mV))/ms : Hz
        beta_n=.5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
        I0 : amp (constant)""",
        threshold="v>-20*mV", refractory=3*ms, method="exponential_euler")
    P.v = "-65*mV+5*mV*randn()"
    P.h = 1
    P.I0 = "500*pA*i/N"
M = SpikeMonitor(P)
network = Network(P, M)
network.run(seconds*second)
device.build(compile=True, run=False, debug=False)
times = []
for _ in range(3):
    device.run(device.project_dir, False, [])
    times.append(float(device._last_run_time))
print(json.dumps({"seconds": sorted(times)[1], "rate": len(M.t)/N/seconds}))
