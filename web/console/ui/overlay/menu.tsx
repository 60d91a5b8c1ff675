import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../basics/icon.tsx";
import type { IconName } from "../basics/icon-names.ts";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

export interface MenuItem {
  label: string;
  icon?: IconName | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  /** An item leads somewhere or does something. */
  href?: string | undefined;
  onSelect?: (() => void) | undefined;
  /** For a choice: marks the current one. */
  checked?: boolean | undefined;
}

interface Props {
  /** Read aloud for the button. By default "More actions". */
  label?: string | undefined;
  /** Groups of items, divided by lines. */
  groups: MenuItem[][];
  /** What the button shows. By default three dots. */
  children?: ComponentChildren;
  /** Classes of the button, if it is not the button with three dots. */
  buttonClass?: string | undefined;
}

/** A button that opens a list of actions. Arrow keys, Home, End and letters move in it; Escape closes it. */
export function Menu({ label, groups, children, buttonClass = "button quiet icon-only" }: Props): JSX.Element {
  const id = useId();
  const { more } = useWords(words);
  const holder = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const [place, setPlace] = useState("");
  const button = () => holder.current?.querySelector<HTMLElement>("[aria-haspopup]");
  const items = () => [
    ...(holder.current?.querySelectorAll<HTMLElement>("[role^=menuitem]:not([aria-disabled])") ?? []),
  ];
  const close = () => {
    setOpen(false);
    button()?.focus();
  };

  useLayoutEffect(() => {
    const list = holder.current?.querySelector(".menu-list");
    if (list) setPlace(placeOf(holder.current, list));
  }, [open]);
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus({ preventScroll: true });
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !holder.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const move = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = nextOf(event.key, at, all);
    if (next !== undefined) next.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span class="menu" ref={holder}>
      <button
        type="button"
        class={buttonClass}
        aria-label={children && label === undefined ? undefined : (label ?? more)}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowDown") return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children ?? <Icon name="ellipsis" />}
      </button>
      {open && (
        <div id={id} role="menu" tabIndex={-1} class={`menu-list ${place}`} onKeyDown={move}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a menu has no fieldsets
            <div key={group[0]?.label} role="group">
              {group.map((item) => (
                <Item key={item.label} item={item} close={close} />
              ))}
            </div>
          ))}
        </div>
      )}
    </span>
  );
}

/** Where the list fits: below the button and to its left, unless the edge of the screen is in the way. */
function placeOf(holder: Element | null, list: Element): string {
  const button = holder?.getBoundingClientRect();
  if (button === undefined) return "";
  const { width, height } = list.getBoundingClientRect();
  const above = button.bottom + height + 8 > window.innerHeight && button.top > height + 8;
  return [above && "above", button.right - width < 8 && "start"].filter(Boolean).join(" ");
}

function Item({ item, close }: { item: MenuItem; close: () => void }): JSX.Element {
  const { label, icon, danger, disabled, href, onSelect, checked } = item;
  const shared = {
    class: danger ? "danger" : undefined,
    role: checked === undefined ? ("menuitem" as const) : ("menuitemradio" as const),
    "aria-checked": checked,
    "aria-disabled": disabled || undefined,
    tabIndex: -1,
    onClick: () => {
      if (disabled) return;
      close();
      onSelect?.();
    },
  };
  const content = (
    <>
      {icon && <Icon name={icon} />}
      <span>{label}</span>
      {checked && <Icon name="check" />}
    </>
  );
  return href === undefined ? (
    <button type="button" {...shared}>
      {content}
    </button>
  ) : (
    <a href={href} {...shared}>
      {content}
    </a>
  );
}

/** The item that a key moves to. Pure. */
function nextOf(key: string, at: number, all: HTMLElement[]): HTMLElement | undefined {
  if (key === "ArrowDown") return all[(at + 1) % all.length];
  if (key === "ArrowUp") return all[(at - 1 + all.length) % all.length];
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (!/^\p{L}$/u.test(key)) return undefined;
  const following = [...all.slice(at + 1), ...all.slice(0, at + 1)];
  return following.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}
