/**
 * The command by which an auditor verifies a report, on any machine with Drydock.
 * @param json name of the report's JSON file; its signature and papers lie beside it
 * @param stationKeySha256 of the station's public key, hex
 */
export function verifyCommand(json: string, stationKeySha256: string): string {
  return `drydock verify-report ${json} --station-key ${stationKeySha256}`;
}

/** The same signatures with OpenSSL 3 alone (docs/reports.md): the first line prints the key's fingerprint, each of the others says whether it holds. */
export function opensslCommands(reportId: string, isPeriod: boolean): string {
  const files = ['json', 'pdf', ...(isPeriod ? ['csv'] : [])];
  return [
    'openssl pkey -pubin -in station.pub.pem -outform DER | openssl dgst -sha256',
    ...files.map(
      (ending) =>
        `openssl pkeyutl -verify -pubin -inkey station.pub.pem -rawin -in ${reportId}.${ending} -sigfile ${reportId}.${ending}.sig`,
    ),
  ].join('\n');
}
