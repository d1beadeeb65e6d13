import type { DeviceInfo } from '../world.ts';
import { el, give, write } from '../dom/el.ts';
import { icon, type IconName } from '../dom/icon.ts';
import { KeyedList, type ItemView } from '../dom/keyed-list.ts';
import { when } from '../dom/times.ts';
import type { Page } from '../view/page.ts';
import { toggle, turned } from './toggle.ts';

/** Every device with its switch, and the way for a colleague to scan it. */
export function deviceList(page: Page): HTMLElement {
  const box = el('ul', { class: 'devices' });
  const list = new KeyedList<DeviceInfo>(box, { key: ({ id }) => id, make: (device) => new DeviceView(page, device) });
  const words = el('span');
  page.session.store.watch(
    ({ world }) => world?.devices,
    (devices = []) => {
      list.show(devices);
      const asleep = devices.filter((device) => device.asleep).length;
      write(words, `${devices.length} devices, ${asleep} switched off`);
    },
  );
  return el('details', { class: 'fold' }, el('summary', {}, words), box);
}

class DeviceView implements ItemView<DeviceInfo> {
  readonly element: HTMLElement;
  readonly #facts = el('span', { class: 'device-facts' });
  readonly #scan = el('span', { class: 'device-scan' });
  readonly #asleep: HTMLElement;
  readonly #foreign: HTMLButtonElement;

  constructor({ session }: Page, { id, name, os, asleep, note }: DeviceInfo) {
    this.#asleep = toggle({
      title: 'Switched off',
      description: '',
      isOn: asleep,
      turn: (on) => session.client.device({ id, asleep: on }),
    });
    give(this.#asleep.querySelector('button') ?? this.#asleep, 'aria-label', `${name} is switched off`);
    this.#asleep.querySelector('button')?.removeAttribute('aria-labelledby');
    this.#foreign = el('button', { type: 'button', class: 'link-button' }, 'Scan by a colleague');
    this.#foreign.addEventListener('click', () => void session.client.foreignScan({ device: id }));
    const head = el(
      'div',
      { class: 'device-head' },
      icon(pictureOf(os), 20),
      el('span', { class: 'device-name' }, name),
      this.#scan,
    );
    const about = note === '' ? undefined : el('p', { class: 'device-note' }, note);
    const tools = el('div', { class: 'device-tools' }, this.#foreign, this.#asleep);
    this.element = el('li', { class: 'device', 'data-device': name }, head, this.#facts, about, tools);
  }

  show(device: DeviceInfo): void {
    const { os, group, health, lastSeen, asleep, scan } = device;
    write(this.#facts, `${os} · ${group} · ${health}, seen ${when(lastSeen)}`);
    write(this.#scan, scan === undefined ? '' : `${scan.type} scan ${scan.status === 'Pending' ? 'waits' : 'runs'}`);
    give(this.#scan, 'title', scan === undefined ? undefined : `Asked for by ${scan.by}`);
    this.#foreign.disabled = scan !== undefined;
    this.element.classList.toggle('asleep', asleep);
    turned(this.#asleep, asleep);
  }
}

function pictureOf(os: string): IconName {
  return /server|ubuntu|linux/i.test(os) ? 'server' : 'laptop';
}
