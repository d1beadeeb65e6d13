import type { MoodSettings } from './moods.ts';

interface Description {
  /** One sentence for people. */
  readonly description: string;
  readonly defaults: MoodSettings;
}

/** Everything that can be out of the ordinary. */
export const MOODS = {
  asleep: mood('The device is switched off: its scans wait, and time out after three days.'),
  slow: mood('Every answer takes a few seconds.', { seconds: 3 }),
  throttled: mood('Defender has had too many calls and names the time to wait.', { times: 1, seconds: 30 }),
  fails: mood('Defender answers with an internal error.', { times: 1 }),
  gateway: mood('A gateway in between answers with a web page of its own (502).', { times: 1, status: 502 }),
  unreadable: mood('Defender says yes, but in words that nobody can read.', { times: 1 }),
  'answer-lost': mood('Defender does what was asked, but its answer gets lost on the way.', { times: 1 }),
  cut: mood('The line breaks before Defender has read the call.', { times: 1 }),
  unauthorised: mood('Defender refuses the token once and takes the next one.', { times: 1 }),
  refuses: mood('Defender refuses with a status and a code of your choice.', { status: 403, word: 'Forbidden' }),
  'permission-missing': mood('The app lacks the permission for the call.'),
  'feature-disabled': mood('The feature is switched off in the tenant.'),
  'operation-disallowed': mood('Defender does not allow this operation.'),
  'os-not-supported': mood('The operating system of the device knows no such scan.'),
  'client-too-old': mood('The Defender client on the device is too old for a scan on demand.'),
  'busy-existing': mood('A second scan of a busy device is answered with the one that runs.'),
  beaten: mood('A colleague is quicker: when the next scan comes, one of theirs waits for the device.', {
    times: 1,
    word: 'refused',
  }),
  'busy-accept': mood('A second scan of a busy device is simply accepted.'),
  'hides-new': mood('A new scan cannot be found for its first seconds.', { seconds: 5 }),
  'unknown-status': mood('Scans are in a state that nobody has heard of.', { word: 'Queued' }),
  'scan-fails': mood('Scans fail on the device.'),
  'record-late': mood('Defender’s record of a device shows the end of a scan only an hour later.', { seconds: 3600 }),
  'events-late': mood('Hunting shows the end of a scan only some minutes later.', { seconds: 600 }),
  'no-record': mood('Defender keeps no antivirus record of the device.'),
  'scan-stopped': mood('Somebody at the device stops the scan that it has taken.'),
  'scan-breaks': mood('The scan breaks off on the device, after Defender has called it succeeded.'),
  'succeeds-late': mood('A scan counts as succeeded when it is over, not when the device has taken it.'),
  'groups-forbidden': mood('Devices outside of somebody’s groups are refused instead of hidden.'),
  'exact-case': mood('Names are only found when capitals are typed as Defender spells them.'),
  'no-quota': mood('Calls are not counted.'),
} as const;

function mood(description: string, defaults: MoodSettings = {}): Description {
  return { description, defaults };
}
