import type { ComponentChildren } from 'preact'
import { placements } from '../../../shared/rules/placements/placements.ts'
import type { Placement } from './gallery-order.ts'

/** How a placement is looked at: a full screen, a post in a feed, a film in a player, a strip in a page. */
type Device = 'screen' | 'feed' | 'player' | 'banner'

const deviceOf = (ratio: number): Device => {
  if (ratio < 0.7) return 'screen'
  if (ratio <= 1.1) return 'feed'
  return ratio < 1.9 ? 'player' : 'banner'
}

export interface DeviceFrameProps {
  placement: Placement
  /** Whether the part that the platform leaves clear is marked. */
  safeArea: boolean
  children: ComponentChildren
}

/** A poster or film in its place, the app around it drawn, not copied. */
export const DeviceFrame = ({ placement, safeArea, children }: DeviceFrameProps) => {
  const { width, height, safe } = placements[placement]
  const device = deviceOf(width / height)
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`
  return (
    <div class="device" data-device={device}>
      {device === 'feed' && (
        <div class="device-author" aria-hidden="true">
          <i />
          <i />
        </div>
      )}
      <div class="device-glass" style={{ aspectRatio: `${width} / ${height}` }}>
        {children}
        {safeArea && (
          <div
            class="device-safe"
            aria-hidden="true"
            style={{
              left: percent(safe.x, width),
              top: percent(safe.y, height),
              width: percent(safe.width, width),
              height: percent(safe.height, height),
            }}
          />
        )}
      </div>
      {device === 'feed' && (
        <div class="device-below" aria-hidden="true">
          <i />
          <i />
        </div>
      )}
    </div>
  )
}

/** Whether the platform's own page says what is clear in all of these. */
export const areVerified = (ids: readonly Placement[]): boolean =>
  ids.every((id) => placements[id].verified)

export const sizeOf = (id: Placement): { width: number; height: number } => placements[id]
