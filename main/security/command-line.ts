import type { CommandLine } from 'electron';

/**
 * What Chromium does by itself over a network, switched off before it starts. None of it would get past the refusal of requests;
 * with these it is not even tried, and no name server is asked.
 */
const switches: readonly (readonly [name: string, value?: string])[] = [
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-default-apps'],
  ['disable-domain-reliability'],
  ['disable-sync'],
  ['disable-breakpad'],
  ['no-pings'],
  ['no-proxy-server'],
  ['no-service-autorun'],
  ['dns-prefetch-disable'],
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'],
  [
    'disable-features',
    'AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,OptimizationHints,SpareRendererForSitePerProcess,Translate,WebUSB,WebBluetooth',
  ],
];

export function switchNetworkOff(commandLine: Pick<CommandLine, 'appendSwitch'>): void {
  for (const [name, value] of switches) commandLine.appendSwitch(name, value);
}
