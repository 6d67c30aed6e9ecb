#!/bin/sh
# Enthesis for several clinics on one Debian 12 machine: PostgreSQL, a service, HTTPS. Safe to run again.
#
#     sudo deploy/debian.sh clinic.example.org
#
# No password is stored: PostgreSQL knows the service by its system user, over a local socket. The database
# user is no superuser, so that row-level security holds for it. What to keep safe: docs/how-to/postgresql.md.
set -eu

host=${1:?Write the name under which the clinics reach this machine, such as clinic.example.org.}
source=$(cd "$(dirname "$0")/.." && pwd)
home=/var/lib/enthesis
here=/opt/enthesis

packages() {
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        postgresql python3-venv caddy libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-core
}

system_user() {
    id enthesis >/dev/null 2>&1 ||
        adduser --quiet --system --group --home "$home" --shell /usr/sbin/nologin enthesis
    install -d -o enthesis -g enthesis -m 0700 "$home"
}

database() {
    runuser -u postgres -- psql -q -v ON_ERROR_STOP=1 -d postgres -f "$source/deploy/database.sql"
}

program() {
    [ -x "$here/bin/python" ] || /usr/bin/python3 -m venv "$here"
    "$here/bin/pip" install --quiet --disable-pip-version-check uv
    VIRTUAL_ENV=$here "$here/bin/uv" pip install --quiet --constraint "$source/requirements.lock" "$source"
}

settings() {
    cat >/etc/enthesis.env <<SETTINGS
ENTHESIS_DATABASE_URL=postgresql://enthesis@localhost/enthesis?host=/run/postgresql
ENTHESIS_DATA_DIR=$home
ENTHESIS_ALLOWED_HOSTS=$host
ENTHESIS_PUBLIC_URL=https://$host
ENTHESIS_HTTPS=true
ENTHESIS_BEHIND_PROXY=true
SETTINGS
    # What the clinic sets itself, such as its mail server; a later run leaves it alone.
    [ -e /etc/enthesis.own.env ] || install -m 0640 -g enthesis /dev/null /etc/enthesis.own.env
    # The command of an operator, as the service's user and with its settings.
    cat >/usr/local/bin/enthesis <<COMMAND
#!/bin/sh
set -a; . /etc/enthesis.env; . /etc/enthesis.own.env; set +a
cd $home && exec runuser -u enthesis -- $here/bin/enthesis "\$@"
COMMAND
    chmod 0755 /usr/local/bin/enthesis
}

service() {
    cat >/etc/systemd/system/enthesis.service <<UNIT
[Unit]
Description=Enthesis
After=postgresql.service network.target
Requires=postgresql.service

[Service]
User=enthesis
EnvironmentFile=/etc/enthesis.env
EnvironmentFile=/etc/enthesis.own.env
ExecStart=$here/bin/enthesis serve --workers 2
Restart=always
RestartSec=2
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
ReadWritePaths=$home

[Install]
WantedBy=multi-user.target
UNIT
    printf '%s {\n\treverse_proxy 127.0.0.1:8000\n}\n' "$host" >/etc/caddy/Caddyfile
    systemctl daemon-reload
    systemctl enable --quiet --now postgresql enthesis caddy
    systemctl restart enthesis caddy
}

for step in ${ENTHESIS_STEPS:-packages system_user database program settings service}; do
    echo "== $step"
    "$step"
done
echo "Now make the first account:"
echo "    sudo enthesis account create --email you@example.org --name 'Your Name' --role administrator --address https://$host"
