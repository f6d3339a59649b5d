{{- define "slotgate.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
# Always would open the files in the volume to the group, and the gateway keeps them to itself.
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "slotgate.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "slotgate.probe" -}}
httpGet:
  path: /actuator/health/{{ first . }}
  port: api
  scheme: {{ include "slotgate.scheme" (last .) | upper }}
{{- end }}

{{/* The files that are mounted read-only: for each its name, its folder, and the volume source. */}}
{{- define "slotgate.files" -}}
{{- $files := list (dict "name" "configuration" "path" "/etc/slotgate/configuration" "source" (dict "configMap" (dict "name" (include "slotgate.name" .)))) }}
{{- with .Values.secrets.masterKey }}
{{- $files = append $files (dict "name" "master-key" "path" "/etc/slotgate/master-key" "source" (include "slotgate.secretSource" (list . (dict "master.key" "master.key")) | fromYaml)) }}
{{- end }}
{{- with .Values.secrets.database }}
{{- /* A file is called as the setting that it holds (configtree). */}}
{{- $files = append $files (dict "name" "database" "path" "/etc/slotgate/database" "source" (include "slotgate.secretSource" (list . (dict "username" "spring.datasource.username" "password" "spring.datasource.password")) | fromYaml)) }}
{{- end }}
{{- with .Values.secrets.pins }}
{{- $files = append $files (dict "name" "pins" "path" "/etc/slotgate/pins" "source" (include "slotgate.secretSource" (list . dict) | fromYaml)) }}
{{- end }}
{{- with .Values.tls.secret }}
{{- $files = append $files (dict "name" "tls" "path" "/etc/slotgate/tls" "source" (include "slotgate.secretSource" (list . (dict "tls.crt" "tls.crt" "tls.key" "tls.key")) | fromYaml)) }}
{{- end }}
{{- with .Values.tls.clientCa }}
{{- $files = append $files (dict "name" "client-ca" "path" "/etc/slotgate/client-ca" "source" (dict "configMap" (dict "name" .))) }}
{{- end }}
{{- range $name := list "library" "configuration" }}
{{- with get $.Values.hsm $name }}
{{- if .source }}
{{- $files = append $files (dict "name" (printf "hsm-%s" $name) "path" .mountPath "source" .source) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $files }}
{{- end }}

{{/* A Secret as a volume source. Takes a list: its name, and its keys with the files that they become; all of them when there is none. */}}
{{- define "slotgate.secretSource" -}}
secret:
  secretName: {{ first . }}
  # For root, and for the group that the gateway runs in (fsGroup).
  defaultMode: 0440
  {{- with last . }}
  items:
    {{- range $key, $path := . }}
    - key: {{ $key }}
      path: {{ $path }}
    {{- end }}
  {{- end }}
{{- end }}
