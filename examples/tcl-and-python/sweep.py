"""The cheapest server processor that keeps its limits, by node: every number of dies and cores is tried."""

import itertools

import marquetry

marquetry.read_design("../first-steps/server-cpu.toml")
values = {variable["name"]: variable["values"] for variable in marquetry.get_variables()}
for node in values["node"]:
    found, broken = [], set()
    for dies, cores in itertools.product(values["dies"], values["cores"]):
        figures = marquetry.evaluate(set=[f"node={node}", f"dies={dies}", f"cores={cores}"])
        broken.update(violation["constraint"] for violation in figures["violations"])
        if figures["feasible"]:
            gflops = 1000 * figures["performance"]["gemm"]["value"]
            found.append((figures["cost"]["unit_usd"] / gflops, dies, cores, gflops))
    if not found:
        print(f"{node:8} none keeps its limits: {', '.join(sorted(broken))}")
        continue
    price, dies, cores, gflops = min(found)
    print(f"{node:8} {dies} dies of {cores} cores: {gflops:.0f} GFLOP/s at {price:.2f} USD each")

# What is wrong has the same id everywhere.
try:
    marquetry.evaluate(set=["node=n13"])
except marquetry.Error as error:
    print("refused:", error.id)
