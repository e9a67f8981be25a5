/**
 * The command by which an auditor verifies a report, on any machine with Drydock.
 * @param json name of the report's JSON file; its signature and papers lie beside it
 * @param stationKeySha256 of the station's public key, hex
 */
export function verifyCommand(json: string, stationKeySha256: string): string {
  return `drydock verify-report ${json} --station-key ${stationKeySha256}`;
}
