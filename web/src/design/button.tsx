import type { ButtonHTMLAttributes, ComponentChildren } from 'preact'
import { Icon, type IconName } from './icons.tsx'
import './button.css'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'icon' | 'size'>

export interface ButtonProps extends Native {
  /** `primary` once in a view; `danger` for what cannot be undone. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'medium' | 'small'
  icon?: IconName
  /** At work: it says so, keeps its width and takes no second press. */
  busy?: boolean
  children: ComponentChildren
}

export const Button = ({
  kind = 'secondary',
  size = 'medium',
  icon,
  busy = false,
  children,
  onClick,
  ...native
}: ButtonProps) => (
  <button
    type="button"
    {...native}
    class="button"
    data-kind={kind}
    data-size={size}
    aria-busy={busy || undefined}
    // Not `disabled`, with which the focus would be lost.
    aria-disabled={busy || undefined}
    onClick={busy ? undefined : onClick}
  >
    {icon && <Icon name={icon} />}
    <span class="button-label">{children}</span>
    {busy && <span class="button-busy" aria-hidden="true" />}
  </button>
)

export interface IconButtonProps extends Native {
  icon: IconName
  /** What it does, for those who cannot see the icon, and as its tooltip. */
  label: string
  kind?: 'primary' | 'quiet'
  /** Of one that stays pressed. */
  pressed?: boolean
}

export const IconButton = ({
  icon,
  label,
  kind = 'quiet',
  pressed,
  ...native
}: IconButtonProps) => (
  <button
    type="button"
    {...native}
    class="button icon-button"
    data-kind={kind}
    aria-label={label}
    aria-pressed={pressed}
    title={label}
  >
    <Icon name={icon} />
  </button>
)
