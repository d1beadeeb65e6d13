import type { AlertReference, Alerts } from '../scan/alert.ts';
import type { ScanDesk } from '../scan/desk.ts';
import type { Device } from '../scan/device.ts';
import type { DeviceFinder, Found } from '../scan/finding/device-finder.ts';
import { readDeviceId } from '../scan/ids.ts';
import type { Time } from '../scan/ids.ts';
import type { Person, Thread } from '../scan/person.ts';
import type { Clock, Roster, Store } from '../scan/ports.ts';
import { signInMends } from '../scan/refusal.ts';
import type { Wanted } from '../scan/scan-request.ts';
import { SECOND } from '../scan/time.ts';
import { within } from '../scan/within.ts';
import type { InMessage } from '../chat/cards/extension-card.ts';
import { extensionCard } from '../chat/cards/extension-card.ts';
import { alertReferenceIn } from '../chat/command/alert-reference.ts';
import { localeOf } from '../chat/language.ts';
import { devicesNamedIn, likelyDevice, plainMessage } from '../chat/named-devices.ts';
import { commentFrom } from '../chat/speak/comment-from.ts';
import { extensionAnswer } from '../chat/speak/extension-answer.ts';
import { signInAnswer } from '../chat/speak/press-answer.ts';
import type { IncomingExtension } from './activity/incoming.ts';
import { drawCard } from './card-templates.ts';
import { withChosenLanguage } from './chosen-language.ts';
import type { Connector } from './connector.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { dialogAnswer, dialogMessage, dialogSignIn } from './invoke-answer.ts';
import type { LookSettings } from './look.ts';
import { lookIn } from './look.ts';
import type { SignIns } from './sign-ins.ts';

/** As the manifest names the action. */
export const SCAN_DEVICE = 'scanDevice';

/** A dialog waits five seconds in all. */
const ALERT_WITHIN: Time = 1.5 * SECOND;
const PLACE_WITHIN: Time = 1.5 * SECOND;
const LONGEST_NAME = 300;
const LONGEST_REASON = 100;

export interface ExtensionParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly desk: Pick<ScanDesk, 'ask'>;
  readonly finder: DeviceFinder;
  readonly alerts: Alerts;
  readonly signIns: SignIns;
  readonly roster: Roster;
  readonly connector: Pick<Connector, 'personalThread'>;
  readonly look: LookSettings;
}

/** “Scan device” on any message: a dialog with what the message names, then the card of the scan. */
export class Extensions {
  readonly #parts: ExtensionParts;

  constructor(parts: ExtensionParts) {
    this.#parts = parts;
  }

  /** `undefined` for an action that is not ours. */
  async answer(came: IncomingExtension): Promise<InvokeAnswer | undefined> {
    if (came.command !== SCAN_DEVICE) return undefined;
    const extension = { ...came, person: await withChosenLanguage(this.#parts.store, came.person) };
    return extension.does === 'open' ? this.#open(extension) : this.#submit(extension);
  }

  async #open(extension: IncomingExtension, missed = false): Promise<InvokeAnswer> {
    const { person, code } = extension;
    if (code !== undefined) await this.#parts.signIns.acceptWithPress(person, { code });
    const text = plainMessage(extension.message);
    const [found, alerted] = await Promise.all([this.#parts.finder.all(person), this.#alertedIn(person, text)]);
    if (found.is === 'refused' && signInMends(found.refusal)) return this.#signIn(extension);
    const about = alertReferenceIn(text);
    const reason = about === undefined ? '' : reasonFor(about);
    return this.#dialog(extension, { ...namedIn(text, found, alerted), reason, missed });
  }

  #dialog({ person, near }: IncomingExtension, found: InMessage): InvokeAnswer {
    const look = lookIn(near, person, this.#parts.clock.now(), this.#parts.look);
    const card = drawCard(extensionCard(found, look));
    return dialogAnswer(extensionAnswer(localeOf(person)).title, card);
  }

  /** The devices of the alert or incident that the text names; none when nobody says so in time. */
  async #alertedIn(person: Person, text: string): Promise<ReadonlySet<Device['id']>> {
    const ids = await within(this.#parts.clock, ALERT_WITHIN, this.#devicesOf(person, text));
    return new Set(ids === 'late' ? [] : ids);
  }

  async #devicesOf(person: Person, text: string): Promise<readonly Device['id'][]> {
    const about = alertReferenceIn(text);
    if (about === undefined) return [];
    const { alerts } = this.#parts;
    if (about.is === 'incident') {
      const found = await alerts.ofIncident(person, about.number);
      return found.ok ? found.value.flatMap(({ device }) => device ?? []) : [];
    }
    const found = await alerts.byId(person, about.id);
    return found.ok && found.value.device !== undefined ? [found.value.device] : [];
  }

  async #signIn({ person, place, near }: IncomingExtension): Promise<InvokeAnswer> {
    const { button, unreachable } = signInAnswer(localeOf(person));
    const resource = await this.#parts.signIns.resource(person, place ?? near);
    return resource === undefined ? dialogMessage(unreachable) : dialogSignIn(button, resource.signInLink);
  }

  async #submit(extension: IncomingExtension): Promise<InvokeAnswer> {
    const { person, activityId, near } = extension;
    const device = deviceIn(extension.values);
    if (device === undefined) return this.#open(extension, true);
    const answer = extensionAnswer(localeOf(person));
    const there = await this.#placeFor(extension);
    if (there === undefined) return dialogMessage(answer.nowhere);
    const wanted = { device, type: undefined, ...reasonIn(extension) };
    const once = `${(extension.place ?? near).id}|${activityId}`;
    await this.#parts.desk.ask({ person, thread: there.thread, once, wanted, words: `extension ${device}` });
    return dialogMessage(answer[there.is]);
  }

  /** Where the message stands if the bot is there, else the person's own chat. */
  async #placeFor({ person, place, near }: IncomingExtension): Promise<Place | undefined> {
    const { clock, roster, connector } = this.#parts;
    const presence =
      place === undefined ? 'absent' : await within(clock, PLACE_WITHIN, roster.presenceOf(person, place));
    if (place !== undefined && (presence === 'member' || presence === 'guest')) return { is: 'here', thread: place };
    const chat = await within(clock, PLACE_WITHIN, connector.personalThread(person, near));
    return chat === 'late' || !chat.ok ? undefined : { is: 'personal', thread: { ...chat.thread, owner: person.id } };
  }
}

interface Place {
  readonly is: 'here' | 'personal';
  readonly thread: Thread;
}

function namedIn(
  text: string,
  found: Found,
  alerted: ReadonlySet<Device['id']>,
): Pick<InMessage, 'devices' | 'known' | 'likely'> {
  if (found.is !== 'found') return { devices: [], known: 'late', likely: likelyDevice(text) };
  const raised = found.devices.filter(({ id }) => alerted.has(id));
  const devices = [...new Set([...devicesNamedIn(text, found.devices), ...raised])];
  return { devices, known: 'yes', likely: '' };
}

/** The alert that the dialog showed, in words; the card of the scan shows them again to be changed. */
function reasonIn({ values, person }: IncomingExtension): Pick<Wanted, 'comment' | 'about'> {
  const { reason } = values;
  const about = typeof reason === 'string' ? alertReferenceIn(reason.slice(0, LONGEST_REASON)) : undefined;
  if (about === undefined) return { comment: undefined };
  return { comment: commentFrom(reasonFor(about), localeOf(person)), about };
}

function reasonFor(about: AlertReference): string {
  return about.is === 'alert' ? `alert ${about.id}` : `incident ${about.number}`;
}

/** What was typed counts more than what was chosen beforehand. */
function deviceIn({ device, name }: IncomingExtension['values']): string | undefined {
  const typed = typeof name === 'string' ? name.trim().slice(0, LONGEST_NAME) : '';
  return typed === '' ? readDeviceId(device) : typed;
}
