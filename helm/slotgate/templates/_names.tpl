{{/* What everything is called: the release's name, with the chart's when it is not in there. */}}
{{- define "slotgate.name" -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) (contains .Chart.Name .Release.Name) | trunc 47 | trimSuffix "-" }}
{{- end }}

{{/* What tells the gateways of this release from all other pods; never changed, since a StatefulSet's selector cannot be. */}}
{{- define "slotgate.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: gateway
{{- end }}

{{/* The pod of helm test. */}}
{{- define "slotgate.testSelector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: test
{{- end }}

{{- define "slotgate.releaseLabels" -}}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "slotgate.labels" -}}
{{ include "slotgate.selector" . }}
{{ include "slotgate.releaseLabels" . }}
{{- end }}

{{- define "slotgate.image" -}}
{{- with .Values.image -}}
{{- $tag := printf "%s%s" (.tag | default $.Chart.AppVersion) (empty .variant | ternary "" (printf "-%s" .variant)) -}}
{{ .repository }}{{ empty .digest | ternary (printf ":%s" $tag) (printf "@%s" .digest) }}
{{- end }}
{{- end }}

{{- define "slotgate.scheme" -}}
{{ empty .Values.tls.secret | ternary "http" "https" }}
{{- end }}

{{/* The name that the certificate must have. */}}
{{- define "slotgate.host" -}}
{{ include "slotgate.name" . }}.{{ .Release.Namespace }}.svc
{{- end }}
