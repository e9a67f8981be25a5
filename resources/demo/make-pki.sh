#!/usr/bin/env bash
# Makes the demo's keys and certificates with OpenSSL 3. Their private keys are public: a station that pins this root trusts everybody.
# usage: resources/demo/make-pki.sh
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/openssl.cnf" <<'CNF'
[req]
distinguished_name = dn
prompt = no
[dn]
[ca]
default_ca = demo
[demo]
new_certs_dir = .
database = index.txt
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
organizationName = supplied
commonName = supplied
[root]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = codeSigning
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF

# A century from 2025 on, so that neither a bench with a slow clock nor a later year stops the demo.
issue() { # request, extensions, output, further arguments of openssl ca
  local request=$1 extensions=$2 out=$3
  shift 3
  : >"$work/index.txt"
  (cd "$work" && openssl ca -batch -notext -config openssl.cnf -extensions "$extensions" -in "$request" -out issued.crt \
    -startdate 20250101000000Z -enddate 21241231235959Z "$@" 2>/dev/null)
  openssl x509 -in "$work/issued.crt" -out "$out"
}

make_chain() { # name, organisation
  local name=$1 org=$2
  openssl ecparam -name prime256v1 -genkey -noout -out "$work/$name-root.key"
  openssl req -new -key "$work/$name-root.key" -config "$work/openssl.cnf" -out "$work/$name-root.csr" \
    -subj "/O=$org/CN=$org firmware root (demo, do not trust)"
  issue "$name-root.csr" root "$name-root.crt" -selfsign -keyfile "$name-root.key"
  cp "$name-root.crt" "$work/"
  openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$name-signer.key"
  openssl req -new -key "$name-signer.key" -config "$work/openssl.cnf" -out "$work/$name-signer.csr" \
    -subj "/O=$org/CN=$org release signing (demo, do not trust)"
  issue "$name-signer.csr" signer "$name-signer.crt" -cert "$name-root.crt" -keyfile "$name-root.key"
}

make_chain vendor "Example Medical"
make_chain stranger "Somebody Else"
openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out image.key
openssl pkey -in image.key -pubout -out image.pub.pem
