#!/usr/bin/python3
"""A differential evolution (Storn & Price 1997, rand/1/bin) over the GLIF of bench/models/fit.glif, its candidates the neurons of one Brian2 group. usage: fit.py TASK

TASK is JSON: what is free with its bounds, the recorded spikes, candidates in all, seconds, sigma (ms) of the explained variance. Prints one JSON line: the lowest loss and the candidates tried.
"""
import csv, json, sys, warnings
warnings.filterwarnings("ignore")
import numpy as np
from brian2 import *

task = json.load(open(sys.argv[1]))
free, seconds, sigma = task["free"], task["seconds"], task["sigma"]
with open(task["spikes"]) as file:
    rows = list(csv.reader(file))
column = next(k for k, name in enumerate(rows[0]) if name.startswith("t"))
recorded = np.array([float(r[column]) for r in rows[1:]])

SIZE = 60
defaultclock.dt = 0.1*ms
cells = NeuronGroup(SIZE, """
dV/dt = (I_e + I1 + I2 - G*(V - E_L))/C : volt (unless refractory)
dI1/dt = -I1*(0.003/ms) : amp
dI2/dt = -I2*(0.1/ms) : amp
dtheta/dt = -b_s*theta : volt
I_e = 260*pA + 170*pA*sin(2*pi*4.3*Hz*t) + 60*pA*sin(2*pi*31*Hz*t) : amp
C : farad (constant)
G : siemens (constant)
E_L : volt (constant)
theta_inf : volt (constant)
d1 : amp (constant)
d2 : amp (constant)
dtheta_s : volt (constant)
b_s : Hz (constant)
""", threshold="V > theta_inf + theta", reset="I1 += d1; I2 += d2; V = E_L + 0.2*(V - E_L) - 1.5*mV; theta += dtheta_s",
    refractory=3*ms, method="exponential_euler")
spikes = SpikeMonitor(cells)
network = Network(cells, spikes)
network.store()
NAMES = [("C", pF), ("G", nS), ("E_L", mV), ("theta_inf", mV), ("d1", pA), ("d2", pA), ("dtheta_s", mV), ("b_s", 1/ms)]

low = np.array([np.log(f["low"]) if f["logarithmic"] else f["low"] for f in free])
high = np.array([np.log(f["high"]) if f["logarithmic"] else f["high"] for f in free])
ratios = np.array([f["logarithmic"] for f in free])

bins = np.arange(0, 1000*seconds + 1e-9, 2.0)
kernel = np.exp(-0.5*(np.arange(-5*sigma, 5*sigma + 1, 2.0)/sigma)**2)
smooth = lambda times: np.convolve(np.histogram(times, bins)[0], kernel, mode="same")
data = smooth(recorded)


def losses(points):
    values = low + points*(high - low)
    values = np.where(ratios, np.exp(values), values)
    network.restore()
    for k, (name, unit) in enumerate(NAMES):
        setattr(cells, name, values[:, k]*unit)
    cells.V = cells.E_L
    network.run(seconds*second)
    at, who = np.asarray(spikes.t/ms), np.asarray(spikes.i)
    found = []
    for i in range(SIZE):
        model = smooth(at[who == i])
        whole = data.var() + model.var()
        rates = abs(np.log(((who == i).sum() + 0.5)/(len(recorded) + 0.5)))
        found.append(1 - (whole - (data - model).var())/whole + max(0, rates - np.log(2)))
    return np.array(found)


rng = np.random.default_rng(1)
points = rng.random((SIZE, len(free)))
best = losses(points)
taken = SIZE
while taken + SIZE <= task["candidates"]:
    a, b, c = (points[rng.permutation(SIZE)] for _ in range(3))
    crossed = rng.random(points.shape) < 0.9
    tried = np.clip(np.where(crossed, a + 0.7*(b - c), points), 0, 1)
    new = losses(tried)
    taken += SIZE
    better = new < best
    points[better], best[better] = tried[better], new[better]
print(json.dumps({"loss": float(best.min()), "candidates": taken}))
