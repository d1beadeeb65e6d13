import { createHash } from 'node:crypto';
import type { Time } from '../../scan/ids.ts';
import { wireTime } from './wire-words.ts';
import type { Json } from './wire-words.ts';

export interface StandInDevice {
  readonly id: string;
  readonly name: string;
  readonly os: string;
  readonly version: string;
  readonly build: number | undefined;
  readonly health: string;
  readonly onboarding: string;
  readonly firstSeen: Time;
  readonly lastSeen: Time;
  readonly risk: string;
  /** Not said when undefined, as are tags. */
  readonly value: string | undefined;
  readonly group: { readonly id: number; readonly name: string } | undefined;
  readonly ip: string;
  /** The one that it had before. */
  readonly formerIp?: string;
  readonly tags: readonly string[] | undefined;
  readonly mergedInto: string | undefined;
  readonly asleep: boolean;
  /** Why Defender takes no scan for it. */
  readonly refuses: 'os' | 'client' | undefined;
  /** What a scan finds on it. */
  readonly infectedWith: string | undefined;
  /** `0` active, `1` passive, as Defender numbers them. */
  readonly avMode?: string;
  /** How long its signatures have not been brought up to date. */
  readonly signaturesAged?: number;
}

/** Always the same id for the same word: 40 hex characters like Defender's own. */
export function standInId(word: string): string {
  return createHash('sha1').update(word).digest('hex');
}

export function machineJson(device: StandInDevice): Json {
  return {
    id: device.id,
    mergedIntoMachineId: device.mergedInto ?? null,
    isPotentialDuplication: device.mergedInto !== undefined,
    isExcluded: false,
    exclusionReason: null,
    computerDnsName: device.name,
    firstSeen: wireTime(device.firstSeen),
    lastSeen: wireTime(device.lastSeen),
    osPlatform: device.os,
    osVersion: null,
    osProcessor: device.os === 'macOS' ? 'arm64' : 'x64',
    version: device.version,
    lastIpAddress: device.ip,
    lastExternalIpAddress: '203.0.113.17',
    agentVersion: '10.8790.26100.4652',
    osBuild: device.build ?? null,
    healthStatus: device.health,
    deviceValue: device.value ?? null,
    rbacGroupId: device.group?.id ?? 0,
    rbacGroupName: device.group?.name ?? null,
    riskScore: device.risk,
    exposureLevel: 'Low',
    isAadJoined: device.os.startsWith('Windows1'),
    aadDeviceId: null,
    machineTags: device.tags ?? null,
    onboardingStatus: device.onboarding,
    osArchitecture: '64-bit',
    managedBy: 'Intune',
    managedByStatus: 'Success',
    ipAddresses: [{ ipAddress: device.ip, macAddress: '00005E0053FF', type: 'Ethernet', operationalStatus: 'Up' }],
    vmMetadata: null,
  };
}
