#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf.h>

/* A fault inside GSL must come back as a value that is checked, not end the program: GSL's own handler aborts. */
static inline void gsl_errors_as_values(void) { gsl_set_error_handler_off(); }
