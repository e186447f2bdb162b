/**
 * Of Smile's package only the one class that looks into its trees: their nodes can be seen from
 * nowhere else. Not Smile's code; Smile's licence, GPL-3.0, holds for what is linked with it.
 */
@NullMarked
package smile.anomaly;

import org.jspecify.annotations.NullMarked;
