"""What the kernel counted for a process, while its control groups are there."""

import pathlib

ROOT = pathlib.Path("/sys/fs/cgroup")


class ControlGroups:
    """Those of a process, in version 1 and in version 2."""

    def __init__(self, process):
        self.folders = {}
        for line in pathlib.Path(f"/proc/{process}/cgroup").read_text().splitlines():
            _, names, path = line.split(":", 2)
            for name in names.split(","):
                self.folders[name] = ROOT / names / path.lstrip("/")

    def read(self, controller, file):
        """The text of a file, or nothing where there is none."""
        try:
            return (self.folders.get(controller, self.folders.get("", ROOT)) / file).read_text()
        except OSError:
            return ""

    def count(self, controller, name, *files):
        """A number that one of the files tells, by its name; 0 where none does."""
        for file in files:
            for line in self.read(controller, file).splitlines():
                found, _, value = line.rpartition(" ")
                if found == name:
                    return int(value)
        return 0

    def out_of_memory(self):
        """How many processes the kernel has killed for it."""
        return self.count("memory", "oom_kill", "memory.oom_control", "memory.events")

    def used(self):
        """In one line."""
        seconds = (self.count("cpuacct", "", "cpuacct.usage") / 1e9
                   or self.count("cpu", "usage_usec", "cpu.stat") / 1e6)
        memory = (self.count("memory", "", "memory.max_usage_in_bytes")
                  or self.count("memory", "", "memory.peak"))
        periods = self.count("cpu", "nr_periods", "cpu.stat")
        throttled = self.count("cpu", "nr_throttled", "cpu.stat")
        return (f"{seconds:.2f} s of processor time, held back in {throttled} of {periods} periods, "
                f"at most {memory >> 20} MiB")
