"""A PostgreSQL cluster of these tests, on a socket. It goes when its standard input ends, so it never outlives them."""

import pathlib
import subprocess
import tempfile

SCRIPT = """
set -e
folder=$1 bin=$2 settings=$3 as=""
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"; as="setpriv --reuid=postgres --regid=postgres --init-groups"
fi
cd "$folder"
trap 'cd /; $as "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
$as "$bin/initdb" -D "$folder/data" -U owner --auth=trust --no-sync -E UTF8 --locale=C >/dev/null
$as "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-c listen_addresses='' -k $folder $settings" start >/dev/null
chmod 755 "$folder"
"$bin/psql" -q -h "$folder" -U owner -d postgres -c "CREATE ROLE serving LOGIN" -c "CREATE DATABASE concord"
echo ready
cat >/dev/null
"""


class Cluster:
    def __init__(self, settings="-c fsync=off -c shared_buffers=32MB"):
        versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name))
        assert versions, "These tests need PostgreSQL: Scripts/set-up names the packages."
        # The path of a socket has at most 107 bytes.
        self.folder = tempfile.mkdtemp(prefix="concord-pg-")
        command = ["setsid", "bash", "-c", SCRIPT, "cluster", self.folder, str(versions[-1]), settings]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "ready\n", "The tests' PostgreSQL cluster did not start."

    def address(self, role):
        return f"postgresql://{role}@/concord?host={self.folder}"

    def stop(self):
        self.process.stdin.close()
        self.process.wait(60)
