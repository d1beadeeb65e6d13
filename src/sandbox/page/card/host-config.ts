import type { Theme } from '../view/theme.ts';

interface Colour {
  readonly default: string;
  readonly subtle: string;
}

interface Palette {
  readonly default: Colour;
  readonly accent: Colour;
  readonly good: Colour;
  readonly warning: Colour;
  readonly attention: Colour;
  readonly surface: string;
  readonly emphasis: string;
  readonly tints: {
    readonly good: string;
    readonly warning: string;
    readonly attention: string;
    readonly accent: string;
  };
}

const LIGHT: Palette = {
  default: { default: '#242424', subtle: '#616161' },
  accent: { default: '#5b5fc7', subtle: '#4f52b2' },
  good: { default: '#0e700e', subtle: '#0c5e0c' },
  warning: { default: '#8f4e00', subtle: '#835b00' },
  attention: { default: '#b10e1c', subtle: '#960b18' },
  surface: '#ffffff',
  emphasis: '#f5f5f5',
  tints: { good: '#f1faf1', warning: '#fff9f5', attention: '#fdf3f4', accent: '#e8ebfa' },
};

const DARK: Palette = {
  default: { default: '#ffffff', subtle: '#adadad' },
  accent: { default: '#9299f7', subtle: '#aab1fa' },
  good: { default: '#6ccb6c', subtle: '#92c353' },
  warning: { default: '#f8d22a', subtle: '#fce166' },
  attention: { default: '#f1707b', subtle: '#f4929a' },
  surface: '#292929',
  emphasis: '#1f1f1f',
  tints: { good: '#052505', warning: '#4a1e04', attention: '#3b0509', accent: '#2f2f4a' },
};

const CONTRAST: Palette = {
  default: { default: '#ffffff', subtle: '#ffffff' },
  accent: { default: '#1aebff', subtle: '#1aebff' },
  good: { default: '#3ff23f', subtle: '#3ff23f' },
  warning: { default: '#ffff01', subtle: '#ffff01' },
  attention: { default: '#ff8f8f', subtle: '#ff8f8f' },
  surface: '#000000',
  emphasis: '#000000',
  tints: { good: '#000000', warning: '#000000', attention: '#000000', accent: '#000000' },
};

const PALETTES: Readonly<Record<Theme, Palette>> = { light: LIGHT, dark: DARK, contrast: CONTRAST };

/** Cards as Teams draws them under a theme. */
export function hostConfig(theme: Theme): object {
  return {
    ...MEASURES,
    separator: { lineThickness: 1, lineColor: 'var(--stroke-2)' },
    containerStyles: styles(PALETTES[theme]),
  };
}

const MEASURES = {
  fontFamily: 'inherit',
  fontTypes: {
    default: {
      fontFamily: 'inherit',
      fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
      fontWeights: { lighter: 400, default: 400, bolder: 600 },
    },
    monospace: {
      fontFamily: 'var(--mono)',
      fontSizes: { small: 12, default: 13, medium: 14, large: 16, extraLarge: 20 },
      fontWeights: { lighter: 400, default: 400, bolder: 600 },
    },
  },
  textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false } },
  textBlock: { headingLevel: 3 },
  spacing: { none: 0, small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  supportsInteractivity: true,
  factSet: {
    title: { size: 'default', color: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 150 },
    value: { size: 'default', color: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 16,
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { size: 'small', color: 'attention', weight: 'default' },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  adaptiveCard: { allowCustomStyle: false },
};

function styles({ surface, emphasis, tints, ...colours }: Palette): object {
  const foregroundColors = { ...colours, dark: colours.default, light: colours.default };
  return {
    default: { backgroundColor: surface, foregroundColors },
    emphasis: { backgroundColor: emphasis, foregroundColors },
    good: { backgroundColor: tints.good, foregroundColors },
    warning: { backgroundColor: tints.warning, foregroundColors },
    attention: { backgroundColor: tints.attention, foregroundColors },
    accent: { backgroundColor: tints.accent, foregroundColors },
  };
}
