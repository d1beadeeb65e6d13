import type { ApiName } from './wire-words.ts';
import { MOODS } from './mood-list.ts';

export type MoodName = keyof typeof MOODS;

export interface MoodSettings {
  /** For so many calls; without it until stopped. */
  readonly times?: number | undefined;
  readonly seconds?: number | undefined;
  readonly status?: number | undefined;
  readonly word?: string | undefined;
  readonly message?: string | undefined;
  /** Only for this call. */
  readonly on?: ApiName | undefined;
  /** Only for the device with this id. */
  readonly device?: string | undefined;
}

export interface ActiveMood {
  readonly name: MoodName;
  readonly settings: MoodSettings;
}

export interface Where {
  readonly api?: ApiName;
  readonly device?: string | undefined;
}

/** How the stand-in behaves other than on a good day. */
export class Moods {
  readonly #active = new Map<string, ActiveMood>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get active(): readonly ActiveMood[] {
    return [...this.#active.values()];
  }

  start(name: MoodName, settings: MoodSettings = {}): void {
    const mood = { name, settings: { ...MOODS[name].defaults, ...settings } };
    this.#active.set(keyOf(mood), mood);
    this.#onChange();
  }

  /** Without `only` everywhere. */
  stop(name: MoodName, only: Pick<MoodSettings, 'device' | 'on'> = {}): void {
    for (const mood of this.active) {
      const meant = only.device === undefined || mood.settings.device === only.device;
      const asked = only.on === undefined || mood.settings.on === only.on;
      if (mood.name === name && meant && asked) this.#active.delete(keyOf(mood));
    }
    this.#onChange();
  }

  clear(): void {
    this.#active.clear();
    this.#onChange();
  }

  find(name: MoodName, where: Where = {}): MoodSettings | undefined {
    return this.active.find((mood) => mood.name === name && applies(mood.settings, where))?.settings;
  }

  /** Like `find`, and counts it as one of the mood's times. */
  strike(name: MoodName, where: Where): MoodSettings | undefined {
    const settings = this.find(name, where);
    if (settings?.times === undefined) return settings;
    const rest = { ...settings, times: settings.times - 1 };
    if (rest.times <= 0) this.#active.delete(keyOf({ name, settings }));
    else this.#active.set(keyOf({ name, settings }), { name, settings: rest });
    return settings;
  }
}

function applies(settings: MoodSettings, where: Where): boolean {
  if (settings.on !== undefined && settings.on !== where.api) return false;
  return settings.device === undefined || settings.device === where.device;
}

function keyOf({ name, settings }: ActiveMood): string {
  return `${name} ${settings.on ?? ''} ${settings.device ?? ''}`;
}
