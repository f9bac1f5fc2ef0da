import { html, type Markup, type Part } from './html.ts';

/** A posted form. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One field's text, trimmed; empty where it is absent. */
export function text(form: Form, name: string): string {
  const value = form[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
}

/** All values of a field that may come several times. */
export function texts(form: Form, name: string): readonly string[] {
  const value = form[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** Whether a checkbox was ticked. */
export const ticked = (form: Form, name: string): boolean => form[name] !== undefined;

/** What a text field shows. */
export interface FieldOptions {
  readonly label: string;
  readonly name: string;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'password' | 'search';
  readonly required?: boolean;
  readonly help?: Part;
  readonly error?: string | undefined;
  /** Text in front of the value, such as `Bearer`. */
  readonly prefix?: string;
}

/** A text field: label above, help beneath, its error beside it. */
export function field(options: FieldOptions): Markup {
  const { label, name, value = '', type = 'text', required, help, error, prefix } = options;
  const id = `field-${name}`;
  const notes = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`];
  const describedBy = notes.filter(Boolean).join(' ');
  const input = html`<input id="${id}" name="${name}" type="${type}" value="${value}" autocomplete="off"
    spellcheck="false"${required === true && html` required`}${describedBy !== '' && html` aria-describedby="${describedBy}"`}${error !== undefined && html` aria-invalid="true"`}>`;
  return html`<div class="field">
    <label for="${id}">${label}</label>
    ${prefix === undefined ? input : html`<span class="prefixed"><span aria-hidden="true">${prefix}</span>${input}</span>`}
    ${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}
    ${error !== undefined && html`<p class="error" id="${id}-error">${error}</p>`}
  </div>`;
}

/** A checkbox with its label behind it. */
export function checkbox(
  label: string,
  name: string,
  checked: boolean,
  options: { help?: Part; disabled?: boolean } = {},
): Markup {
  const id = `field-${name}`;
  const { help, disabled } = options;
  return html`<div class="choice">
    <input type="checkbox" id="${id}" name="${name}"${checked && html` checked`}${disabled === true && html` disabled`}${help !== undefined && html` aria-describedby="${id}-help"`}>
    <label for="${id}">${label}</label>
    ${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}
  </div>`;
}

/** One choice of several. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly help?: Part;
  readonly disabled?: boolean;
}

/** A group of radio buttons under a legend. */
export function radios(
  legend: string,
  name: string,
  current: string,
  choices: readonly Choice[],
): Markup {
  return html`<fieldset class="radios"><legend>${legend}</legend>
    ${choices.map(({ value, label, help, disabled }) => {
      const id = `field-${name}-${value}`;
      return html`<div class="choice">
        <input type="radio" id="${id}" name="${name}" value="${value}"${value === current && html` checked`}${disabled === true && html` disabled`}${help !== undefined && html` aria-describedby="${id}-help"`}>
        <label for="${id}">${label}</label>
        ${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}
      </div>`;
    })}
  </fieldset>`;
}

/** A drop-down list. `id` tells lists of the same name on one page apart. */
export function select(
  label: string,
  name: string,
  current: string,
  choices: readonly Choice[],
  id = `field-${name}`,
): Markup {
  return html`<div class="field"><label for="${id}">${label}</label>
    <select id="${id}" name="${name}">
      ${choices.map(
        ({ value, label: text }) =>
          html`<option value="${value}"${value === current && html` selected`}>${text}</option>`,
      )}
    </select>
  </div>`;
}

/** A form of one button. `about` makes its name unique for a screen reader: "Remove Ada Example". */
export function button(
  action: string,
  label: string,
  options: { about?: string; kind?: 'plain' | 'danger' | 'primary' } = {},
): Markup {
  const { about, kind = 'plain' } = options;
  return html`<form method="post" action="${action}" class="inline">
    <button class="${kind}"${about !== undefined && html` aria-label="${label} ${about}"`}>${label}</button>
  </form>`;
}
